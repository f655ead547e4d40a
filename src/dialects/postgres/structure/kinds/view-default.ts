import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { isOwnSchema, quoted } from '../names.ts';
import { noteOf, textOf } from '../read-fact.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly of: string;
  readonly view: string;
  readonly column: string;
  readonly expression: string;
}

/** What a view puts into a column that an insert leaves out. */
export const viewDefaults: Kind = {
  kind: 'view default',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, of, view, column, expression }) => ({
      kind: 'view default',
      id: quoted(column),
      of,
      attributes: { expression },
      requires: [],
      notes: { view, column: quoted(column) },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [set(fact)],
    drop: (fact) => [change(fact, 'drop default')],
    alter: (_from, to) => ({ how: 'in-place', steps: [set(to)] }),
    rank: 11,
  },
};

function set(fact: Fact): DefinitionStatement {
  return change(fact, `set default ${textOf(fact.attributes['expression'])}`);
}

function change(fact: Fact, sql: string): DefinitionStatement {
  return step(`alter view ${noteOf(fact, 'view')} alter column ${noteOf(fact, 'column')} ${sql}`);
}

const query = `
select 'pg_attrdef/' || d.oid || '/0' as "address", 'pg_class/' || c.oid || '/0' as "of",
  format('%I.%I', n.nspname, c.relname) as "view", a.attname as "column", pg_get_expr(d.adbin, d.adrelid) as "expression"
from pg_attrdef d join pg_class c on c.oid = d.adrelid and c.relkind = 'v'
join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum join pg_namespace n on n.oid = c.relnamespace
where ${isOwnSchema('n.nspname')}`;
