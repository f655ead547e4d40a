import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row extends Attributes {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
}

interface Attributes {
  readonly definition: string;
  /** Name, type and collation of each column: a view replaced in place keeps those it has and adds at the end. */
  readonly columns: readonly string[];
  readonly options: readonly string[];
}

/** Views. */
export const views: Kind = {
  kind: 'view',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, ...attributes }) => ({
      kind: 'view',
      id: idOf('view', schema, name),
      attributes: { ...attributes },
      requires: [],
      notes: { name: quoted(schema, name), relation: relationName(schema, name) },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [create(fact)],
    drop: (fact) => [step(`drop view ${noteOf(fact, 'name')}`)],
    alter,
    occupies: (fact) => noteOf(fact, 'relation'),
    rank: 10,
  },
};

function create(fact: Fact, start = 'create view'): DefinitionStatement {
  const { definition, options } = attributesOf<Attributes>(fact);
  const how = options.length === 0 ? '' : ` with (${options.join(', ')})`;
  return step(`${start} ${noteOf(fact, 'name')}${how} as\n${definition}`);
}

/** Replacing a view in place also sets its options anew: those left out go. */
function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  const keepsColumns = before.columns.every((column, index) => after.columns[index] === column);
  return keepsColumns ? { how: 'in-place', steps: [create(to, 'create or replace view')] } : { how: 'replace' };
}

const query = `
select 'pg_class/' || c.oid || '/0' as "address", n.nspname as "schema", c.relname as "name",
  rtrim(pg_get_viewdef(c.oid), ';') as "definition",
  array(select concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), nullif(a.attcollation, 0)::regcollation)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as "columns",
  array(select o from unnest(c.reloptions) o order by o) as "options"
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'v' and ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_class', 'c.oid')}`;
