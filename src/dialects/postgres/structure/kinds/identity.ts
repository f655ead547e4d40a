import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { addressOf, idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { isNew, placeOf, tableIdOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';
import { countOn } from '../table/count-on.ts';
import { identityText, keepAsSaid, sequenceOf } from '../table/identity-text.ts';
import { sequenceChanges } from '../table/sequence-text.ts';

interface IdentityRow {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly always: boolean;
  readonly sequence: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
  /** `logged` or `unlogged` where that is not what its table is. */
  readonly kept: string | null;
  readonly last: string | null;
}

const identityQuery = `
  select n.nspname as schema, c.relname as table, a.attname as name,
    array[${addressOf('pg_class', 's.oid')}] as addresses, a.attidentity = 'a' as always, s.relname as sequence,
    q.seqstart::text as start, q.seqincrement::text as increment, q.seqmin::text as min, q.seqmax::text as max,
    q.seqcache::text as cache, q.seqcycle as cycle,
    case when s.relpersistence = c.relpersistence then null when s.relpersistence = 'u' then 'unlogged' else 'logged' end as kept,
    case when has_sequence_privilege(s.oid, 'select') then pg_sequence_last_value(s.oid)::text end as last
  from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_sequence q on q.seqrelid = s.oid
  join pg_class c on c.oid = d.refobjid join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
  where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype = 'i'
    and d.refobjsubid > 0 and ${isOwnSchema('n.nspname')}`;

function factOf({ schema, table, name, addresses, last, ...attributes }: IdentityRow): ReadFact {
  return {
    kind: 'identity',
    id: idOf('identity', schema, table, name),
    parent: idOf('column', schema, table, name),
    attributes,
    requires: [],
    notes: { schema, table, name, last },
    addresses,
  };
}

/** Columns that number themselves. */
export const identityKind: Kind = {
  kind: 'identity',
  read: async (connection) => (await readRows<IdentityRow>(connection, identityQuery, [])).map(factOf),
  rules: {
    create,
    drop: (fact) => [step(`${columnOf(fact)} drop identity`)],
    alter,
    occupies: ({ notes, attributes }) => relationName(factText(notes?.['schema']), factText(attributes['sequence'])),
    rank: 10,
  },
};

function create(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const add = step(`${columnOf(fact)} add ${identityText(fact)}`);
  const keep = keepAsSaid(fact);
  if (isNew(tableIdOf(fact), context)) return [add, ...keep];
  // nobody relies on the numbers yet, unless a default gave them before
  const column = context.from.facts.get(fact.parent ?? '');
  const wasNumbered =
    column !== undefined && context.partsOf(column, context.from).some(({ kind }) => kind === 'sequence');
  return [add, ...keep, countOn(fact, sequenceOf(fact), context.safe === 'online' && !wasNumbered)];
}

function alter(from: Fact, to: Fact): Alteration {
  const { always, sequence, kept, ...counts } = to.attributes;
  const { always: wasAlways, sequence: oldName, kept: wasKept, ...oldCounts } = from.attributes;
  const changes = sequenceChanges(oldCounts, counts, from.notes?.['last']);
  const steps = [
    ...(sequence === oldName
      ? []
      : [step(`alter sequence ${sequenceOf(from)} rename to ${quoted(factText(sequence))}`)]),
    ...(always === wasAlways
      ? []
      : [step(`${columnOf(to)} set generated ${always === true ? 'always' : 'by default'}`)]),
    ...(changes === '' ? [] : [step(`alter sequence ${sequenceOf(to)} ${changes}`)]),
    ...(kept === wasKept
      ? []
      : [
          step(
            `alter sequence ${sequenceOf(to)} set ${factText(kept ?? (wasKept === 'logged' ? 'unlogged' : 'logged'))}`,
          ),
        ]),
  ];
  return { how: 'in-place', steps };
}

function columnOf(fact: Fact): string {
  return `alter table ${tableOf(fact)} alter column ${quoted(placeOf(fact).name)}`;
}
