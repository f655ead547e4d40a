import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { membersOf } from '../operator-members.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Attributes {
  /** `default for type integer`, and the family it is in. */
  readonly definition: string;
  readonly members: readonly string[];
}

interface Row extends Attributes {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly method: string;
  readonly parts: readonly string[];
}

/** Operator classes: how an index keeps values of a type. */
export const operatorClasses: Kind = {
  kind: 'operator class',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, method, definition, members: found, parts }) => ({
      kind: 'operator class',
      id: `${idOf('operator class', schema, name)} using ${method}`,
      attributes: { definition, members: found },
      requires: [],
      notes: { name: quoted(schema, name), method: quoted(method) },
      addresses: [address, ...parts],
    }));
  },
  rules: {
    create(fact) {
      const { definition, members: found } = attributesOf<Attributes>(fact);
      return [step(`create operator class ${noteOf(fact, 'name')} ${definition} as ${found.join(', ')}`)];
    },
    drop: (fact) => [step(`drop operator class ${named(fact)}`)],
    alter: () => ({ how: 'replace' }),
    rank: 8,
  },
};

function named(fact: Fact): string {
  return `${noteOf(fact, 'name')} using ${noteOf(fact, 'method')}`;
}

const members = membersOf('pg_opclass', 'c.oid');

/** What is stored is said where nothing else would stand there: no class is made of nothing. */
const query = `
select 'pg_opclass/' || c.oid || '/0' as "address", n.nspname as "schema", c.opcname as "name", a.amname as "method",
  format('%sfor type %s using %I family %I.%I', case when c.opcdefault then 'default ' else '' end,
    format_type(c.opcintype, null), a.amname, fn.nspname, f.opfname) as "definition",
  array(select m.definition from (${members}) m order by m.definition)
    || case when c.opckeytype <> 0 or not exists (${members})
      then array['storage ' || format_type(coalesce(nullif(c.opckeytype, 0), c.opcintype), null)] else '{}' end as "members",
  array(select m.address from (${members}) m) as "parts"
from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace join pg_am a on a.oid = c.opcmethod
join pg_opfamily f on f.oid = c.opcfamily join pg_namespace fn on fn.oid = f.opfnamespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_opclass', 'c.oid')}`;
