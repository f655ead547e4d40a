import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { addressOf, idOf, isOwnSchema, quoted } from '../names.ts';
import { placeOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';
import { fillWithDefault } from '../table/add-to-rows.ts';

interface DefaultRow {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly expression: string;
}

const defaultQuery = `
  select n.nspname as schema, c.relname as table, a.attname as name,
    array[${addressOf('pg_attrdef', 'd.oid')}] as addresses, pg_get_expr(d.adbin, d.adrelid) as expression
  from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum
  where c.relkind in ('r', 'p', 'f') and a.attgenerated = '' and ${isOwnSchema('n.nspname')}`;

function factOf({ schema, table, name, addresses, expression }: DefaultRow): ReadFact {
  return {
    kind: 'default',
    id: idOf('default', schema, table, name),
    parent: idOf('column', schema, table, name),
    attributes: { expression },
    requires: [],
    notes: { schema, table, name },
    addresses,
  };
}

/** Defaults of the columns of tables. */
export const defaultKind: Kind = {
  kind: 'default',
  read: async (connection) => (await readRows<DefaultRow>(connection, defaultQuery, [])).map(factOf),
  rules: {
    create: (fact, context) => [...setDefault(fact), ...fillWithDefault(fact, context)],
    drop: (fact) => [step(`${columnOf(fact)} drop default`)],
    alter: (_from, to) => ({ how: 'in-place', steps: setDefault(to) }),
    rank: 10,
  },
};

function setDefault(fact: Fact): readonly DefinitionStatement[] {
  return [step(`${columnOf(fact)} set default ${factText(fact.attributes['expression'])}`)];
}

function columnOf(fact: Fact): string {
  return `alter table only ${tableOf(fact)} alter column ${quoted(placeOf(fact).name)}`;
}
