import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row extends Attributes {
  readonly address: string;
  readonly of: string;
  readonly schema: string;
  readonly name: string;
}

interface Attributes {
  readonly definition: string;
  readonly target: number;
}

/** Extended statistics. */
export const statistics: Kind = {
  kind: 'statistics',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, of, schema, name, definition, target }) => ({
      kind: 'statistics',
      id: quoted(schema, name),
      of,
      attributes: { definition, target },
      requires: [idOf('schema', schema)],
      notes: { name: quoted(schema, name) },
      addresses: [address],
    }));
  },
  rules: {
    create,
    drop: (fact) => [step(`drop statistics ${noteOf(fact, 'name')}`)],
    alter,
    rank: 15,
  },
};

function create(fact: Fact): readonly DefinitionStatement[] {
  const { definition, target } = attributesOf<Attributes>(fact);
  return [step(definition), ...(target < 0 ? [] : [setTarget(fact)])];
}

function alter(from: Fact, to: Fact): Alteration {
  const isSame = attributesOf<Attributes>(from).definition === attributesOf<Attributes>(to).definition;
  return isSame ? { how: 'in-place', steps: [setTarget(to)] } : { how: 'replace' };
}

function setTarget(fact: Fact): DefinitionStatement {
  return step(`alter statistics ${noteOf(fact, 'name')} set statistics ${attributesOf<Attributes>(fact).target}`);
}

const query = `
select 'pg_statistic_ext/' || s.oid || '/0' as "address", 'pg_class/' || s.stxrelid || '/0' as "of",
  n.nspname as "schema", s.stxname as "name", pg_get_statisticsobjdef(s.oid) as "definition",
  coalesce(s.stxstattarget, -1) as "target"
from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_statistic_ext', 's.oid')}`;
