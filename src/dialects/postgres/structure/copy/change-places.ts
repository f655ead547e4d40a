import type { ObjectName } from '../../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import { planStructure } from '../../../../dialect/structure/plan-structure.ts';
import { validate } from '../../online/constraint.ts';
import { syncName } from '../../online/copy-text.ts';
import { lockGently } from '../../online/lock-gently.ts';
import { scans, together } from '../../online/step.ts';
import { objectOf } from '../../printed-name.ts';
import { postgresText, qualified } from '../../text.ts';
import { factText } from '../fact-text.ts';
import { quoted, quotedText } from '../names.ts';
import { isForeignKey, placeOf, tableNameOf, tableOf } from '../relation.ts';
import { isUnproved } from '../table/constraint-text.ts';
import { withoutFacts } from '../with-facts.ts';
import type { MadeCopy } from './made-copy.ts';
import { isOfRows, partsWithin } from './own-parts.ts';
import { referredTables } from './references.ts';
import { unalteredSince } from './unaltered-since.ts';
import { usersOf } from './why-no-copy.ts';

/**
 * The copy takes the place of the table, in a transaction that looks at no row. Whoever comes before writes to the old
 * table and thereby to the copy; whoever comes after finds the new one under the name. What hangs on the table without
 * holding rows (rights, policies, triggers, comments, views) is made anew on it in the same moment.
 */
export function changePlaces(copy: MadeCopy): readonly DefinitionStatement[] {
  const { table, before, after, rules, text } = copy;
  const users = usersOf(partsWithin(table.id, before), before);
  const references = users.filter(isForeignKey);
  const others = new Set(users.filter((fact) => !isForeignKey(fact)).map(({ id }) => id));
  const hanging = hangingOn(table, after, references, others);
  const plain = (from: Structure, to: Structure): readonly string[] =>
    planStructure(from, to, rules, 'plain').map(({ sql }) => sql);
  const changes = [
    lockGently(lockedWith(copy, users), 'access exclusive'),
    unalteredSince(text, table, before),
    ...plain(before, without(before, others)),
    ...references.map((key) => `alter table ${tableOf(key)} drop constraint ${quoted(placeOf(key).name)}`),
    ...ownerOf(copy),
    ...moveNumbers(copy),
    `drop table ${qualified(text.table)}`,
    `drop function ${qualified(syncName(text))}()`,
    `alter table ${qualified(text.copy)} rename to ${postgresText.name(text.table.name)}`,
    ...ownNames(copy),
    ...(isHiding(table, after) ? [] : [`alter table ${qualified(text.table)} disable row level security`]),
    ...references.map(addUnproved),
    ...plain(without(after, hanging), after),
  ];
  return [
    ...together(changes),
    ...references.filter((key) => !isUnproved(key)).map((key) => validate(tableNameOf(key), placeOf(key).name)),
    ...([...hanging].some((id) => after.facts.get(id)?.kind === 'statistics')
      ? [scans(`analyze ${qualified(text.table)}`)]
      : []),
  ];
}

/** True: the table shows its rows through policies alone, as the copy does since it was made. */
function isHiding({ id }: Fact, { facts }: Structure): boolean {
  return [...facts.values()].some(
    ({ kind, parent, attributes }) => kind === 'row security' && parent === id && attributes['enabled'] === true,
  );
}

/** Views first: who reads through one has locked it before the table. */
function lockedWith({ table, before, text }: MadeCopy, users: readonly Fact[]): readonly ObjectName[] {
  const own = [...before.facts.values()].filter(({ parent }) => parent === table.id);
  const views = users.filter(({ kind }) => kind === 'view').toReversed();
  return [
    ...views.map(relationOf),
    text.table,
    ...users.filter(isForeignKey).map(tableNameOf),
    ...referredTables(own, before),
  ];
}

/** The name of a view as its id says it. */
function relationOf({ id }: Fact): ObjectName {
  const [, namespace = '', name = ''] = /^view ("(?:[^"]|"")+"|[^.]+)\.(.+)$/.exec(id) ?? [];
  return objectOf(namespace, name);
}

/** What has to be made anew on the new table: it has neither rows nor a say in which rows there may be. */
function hangingOn(
  table: Fact,
  after: Structure,
  references: readonly Fact[],
  others: ReadonlySet<string>,
): ReadonlySet<string> {
  const sequences = [...after.facts.values()].filter(({ kind }) => kind === 'sequence');
  const kept = new Set(sequences.flatMap(({ id }) => [...partsWithin(id, after)]));
  const own = [...partsWithin(table.id, after)].filter((id) => {
    const fact = after.facts.get(id);
    return fact !== undefined && !isOfRows(fact) && !kept.has(id) && !isOwner(fact, table);
  });
  const said = references.flatMap(({ id }) => [...partsWithin(id, after)].filter((part) => part !== id));
  return new Set([...own, ...others, ...said]);
}

function isOwner({ kind, parent }: Fact, table: Fact): boolean {
  return kind === 'owner' && parent === table.id;
}

function without(structure: Structure, ids: ReadonlySet<string>): Structure {
  return withoutFacts(structure, ({ id }) => ids.has(id));
}

/** A sequence and the table whose column owns it have one owner. */
function ownerOf({ table, after, text }: MadeCopy): readonly string[] {
  const owner = [...after.facts.values()].find((fact) => isOwner(fact, table));
  if (owner === undefined) return [];
  return [`alter table ${qualified(text.copy)} owner to ${quoted(factText(owner.attributes['role']))}`];
}

/** The copy goes on counting where the table stops. */
function moveNumbers({ table, before, after, text, made }: MadeCopy): readonly string[] {
  const within = partsWithin(table.id, before);
  return [...before.facts.values()].flatMap((fact) => {
    if (!within.has(fact.id)) return [];
    const { schema } = placeOf(fact);
    const column = quoted(placeOf(before.facts.get(fact.parent ?? '') ?? fact).name);
    if (fact.kind === 'sequence')
      return [`alter sequence ${quoted(schema, placeOf(fact).name)} owned by ${qualified(text.copy)}.${column}`];
    if (fact.kind !== 'identity' || !after.facts.has(fact.id)) return [];
    const sequence = factText(fact.attributes['sequence']);
    const next = made.renamed.find(({ kind, name }) => kind === 'sequence' && name === sequence)?.meanwhile ?? sequence;
    return [
      `select pg_catalog.setval(${quotedText(quoted(schema, next))}::regclass, last_value, is_called) from ${quoted(schema, sequence)}`,
    ];
  });
}

function ownNames({ text, made }: MadeCopy): readonly string[] {
  const { namespace = '' } = text.table;
  return made.renamed.map(({ kind, meanwhile, name }) =>
    kind === 'constraint'
      ? `alter table ${qualified(text.table)} rename constraint ${quoted(meanwhile)} to ${quoted(name)}`
      : `alter ${kind} ${quoted(namespace, meanwhile)} rename to ${quoted(name)}`,
  );
}

/** Its rows were proved before, and nothing was written meanwhile; the proof afterwards is for the catalog. */
function addUnproved(key: Fact): string {
  const definition = factText(key.attributes['definition']);
  const unproved = isUnproved(key) ? '' : ' not valid';
  return `alter table ${tableOf(key)} add constraint ${quoted(placeOf(key).name)} ${definition}${unproved}`;
}
