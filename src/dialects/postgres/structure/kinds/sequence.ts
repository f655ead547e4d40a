import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { addressOf, idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { placeOf } from '../relation.ts';
import { step } from '../step.ts';
import { countOn } from '../table/count-on.ts';
import { sequenceChanges, sequenceOptions } from '../table/sequence-text.ts';

interface SequenceRow {
  readonly schema: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly owner: readonly [string, string, string] | null;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly unlogged: boolean;
  readonly last: string | null;
}

const sequenceQuery = `
  select n.nspname as schema, s.relname as name, array[${addressOf('pg_class', 's.oid')}] as addresses,
    (select json_build_array(cn.nspname, c.relname, a.attname) from pg_depend d join pg_class c on c.oid = d.refobjid
       join pg_namespace cn on cn.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
       where d.classid = 'pg_class'::regclass and d.objid = s.oid and d.refclassid = 'pg_class'::regclass
         and d.deptype = 'a' and d.refobjsubid > 0) as owner,
    format_type(q.seqtypid, null) as type, q.seqstart::text as start, q.seqincrement::text as increment,
    q.seqmin::text as min, q.seqmax::text as max, q.seqcache::text as cache, q.seqcycle as cycle,
    s.relpersistence = 'u' as unlogged,
    case when has_sequence_privilege(s.oid, 'select') then pg_sequence_last_value(s.oid)::text end as last
  from pg_class s join pg_sequence q on q.seqrelid = s.oid join pg_namespace n on n.oid = s.relnamespace
  where ${isOwnSchema('n.nspname')} and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
    and d.objid = s.oid and d.refclassid = 'pg_class'::regclass and d.deptype = 'i')`;

function factOf({ schema, name, addresses, owner, last, ...attributes }: SequenceRow): ReadFact {
  return {
    kind: 'sequence',
    id: idOf('sequence', schema, name),
    ...(owner === null ? {} : { parent: idOf('column', ...owner) }),
    attributes,
    requires: [idOf('schema', schema)],
    notes: { schema, name, last, owner },
    addresses,
  };
}

/** Sequences with a name of their own; one that a column owns is a part of that column. */
export const sequenceKind: Kind = {
  kind: 'sequence',
  read: async (connection) => (await readRows<SequenceRow>(connection, sequenceQuery, [])).map(factOf),
  rules: {
    create,
    drop: (fact) => [step(`drop sequence ${nameOf(fact)}`)],
    alter,
    occupies: (fact) => relationName(placeOf(fact).schema, placeOf(fact).name),
  },
};

function create(fact: Fact, { from, safe }: PlanContext): readonly DefinitionStatement[] {
  const { type, unlogged } = fact.attributes;
  const word = unlogged === true ? 'unlogged sequence' : 'sequence';
  const make = `create ${word} ${nameOf(fact)} as ${factText(type)} ${sequenceOptions(fact.attributes)}`;
  const owner = fact.parent === undefined ? undefined : from.facts.get(fact.parent);
  const counts = /^(?:smallint|integer|bigint)$/.test(factText(owner?.attributes['type']));
  return [
    step(`${make}${fact.parent === undefined ? '' : ` owned by ${ownerOf(fact)}`}`),
    ...(owner !== undefined && counts ? [countOn(owner, nameOf(fact), safe === 'online')] : []),
  ];
}

function alter(from: Fact, to: Fact): Alteration {
  const changes = sequenceChanges(from.attributes, to.attributes, from.notes?.['last']);
  const { unlogged } = to.attributes;
  const actions = [
    ...(changes === '' ? [] : [changes]),
    ...(from.parent === to.parent ? [] : [`owned by ${ownerOf(to)}`]),
    ...(from.attributes['unlogged'] === unlogged ? [] : [`set ${unlogged === true ? 'unlogged' : 'logged'}`]),
  ];
  return { how: 'in-place', steps: actions.map((action) => step(`alter sequence ${nameOf(to)} ${action}`)) };
}

function ownerOf({ notes }: Fact): string {
  const owner = notes?.['owner'];
  return Array.isArray(owner) ? quoted(...owner.map(String)) : 'none';
}

function nameOf(fact: Fact): string {
  return quoted(placeOf(fact).schema, placeOf(fact).name);
}
