import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted, quotedText } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly name: string;
  readonly allTables: boolean;
  readonly publish: string;
  readonly viaRoot: boolean;
  readonly generated: string | null;
}

interface Attributes {
  readonly allTables: boolean;
  readonly options: Readonly<Record<string, string>>;
}

/** Publications. Their tables and schemas are facts of their own. */
export const publications: Kind = {
  kind: 'publication',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name, allTables, publish, viaRoot, generated }) => ({
      kind: 'publication',
      id: idOf('publication', name),
      attributes: {
        allTables,
        options: {
          publish: quotedText(publish),
          publish_via_partition_root: String(viaRoot),
          ...(generated === null ? {} : { publish_generated_columns: generated }),
        },
      },
      requires: [],
      notes: { name: quoted(name) },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [
      step(
        `create publication ${noteOf(fact, 'name')}${attributesOf<Attributes>(fact).allTables ? ' for all tables' : ''} with (${optionsOf(fact)})`,
      ),
    ],
    drop: (fact) => [step(`drop publication ${noteOf(fact, 'name')}`)],
    alter,
    rank: 30,
  },
};

function alter(from: Fact, to: Fact): Alteration {
  if (attributesOf<Attributes>(from).allTables !== attributesOf<Attributes>(to).allTables) return { how: 'replace' };
  const set: DefinitionStatement = step(`alter publication ${noteOf(to, 'name')} set (${optionsOf(to)})`);
  return { how: 'in-place', steps: [set] };
}

function optionsOf(fact: Fact): string {
  return Object.entries(attributesOf<Attributes>(fact).options)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

const query = `
select 'pg_publication/' || p.oid || '/0' as "address", p.pubname as "name", p.puballtables as "allTables",
  concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
    case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end) as "publish",
  p.pubviaroot as "viaRoot",
  case to_jsonb(p) ->> 'pubgencols' when 's' then 'stored' when 'n' then 'none' end as "generated"
from pg_publication p where ${notOfExtension('pg_publication', 'p.oid')}`;
