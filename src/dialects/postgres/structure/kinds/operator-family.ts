import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { membersOf } from '../operator-members.ts';
import { attributesOf, noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly method: string;
  readonly members: Members;
  readonly parts: readonly string[];
}

/** What stands behind each member, by the words that name it: `operator 1 (integer, bigint)`. */
type Members = Readonly<Record<string, string>>;

/** Families of operator classes, each with the members that are in no class of it. */
export const operatorFamilies: Kind = {
  kind: 'operator family',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, method, members, parts }) => ({
      kind: 'operator family',
      id: `${idOf('operator family', schema, name)} using ${method}`,
      attributes: { members },
      requires: [],
      notes: { name: `${quoted(schema, name)} using ${quoted(method)}` },
      addresses: [address, ...parts],
    }));
  },
  rules: {
    create: (fact) => [
      step(`create operator family ${noteOf(fact, 'name')}`),
      ...change(fact, {}, attributesOf<{ members: Members }>(fact).members),
    ],
    drop: (fact) => [step(`drop operator family ${noteOf(fact, 'name')}`)],
    alter,
  },
};

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [from, to].map((fact) => attributesOf<{ members: Members }>(fact).members);
  return { how: 'in-place', steps: change(to, before ?? {}, after ?? {}) };
}

function change(fact: Fact, from: Members, to: Members): readonly DefinitionStatement[] {
  const gone = Object.keys(from).filter((member) => from[member] !== to[member]);
  const added = Object.keys(to).filter((member) => from[member] !== to[member]);
  const print = (verb: string, members: readonly string[]): readonly DefinitionStatement[] =>
    members.length === 0 ? [] : [step(`alter operator family ${noteOf(fact, 'name')} ${verb} ${members.join(', ')}`)];
  return [
    ...print('drop', gone),
    ...print(
      'add',
      added.map((member) => textOf(to[member])),
    ),
  ];
}

const members = membersOf('pg_opfamily', 'f.oid');

const query = `
select 'pg_opfamily/' || f.oid || '/0' as "address", n.nspname as "schema", f.opfname as "name", a.amname as "method",
  coalesce((select jsonb_object_agg(m.word, m.definition) from (${members}) m), '{}') as "members",
  array(select m.address from (${members}) m) as "parts"
from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am a on a.oid = f.opfmethod
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_opfamily', 'f.oid')}`;
