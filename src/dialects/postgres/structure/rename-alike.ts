import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { Fact, FactValue, Structure } from '../../../dialect/structure/fact.ts';
import { factText } from './fact-text.ts';
import { idOf, quoted, relationName } from './names.ts';
import { placeOf, tableOf } from './relation.ts';
import { step } from './step.ts';
import { steppingBack } from './stepping-back.ts';

/** A structure in which constraints and indexes have got their next names, and the statements that give them. */
export interface Renamed {
  readonly from: Structure;
  readonly steps: readonly DefinitionStatement[];
}

/**
 * A constraint or an index that differs from one to come in nothing but its name is renamed and not built again. So is
 * every primary key: a table has one at most, and what else differs is changed in place afterwards. An index of a table that
 * becomes a partition may take over from another like it, which is then built again.
 */
export function renameAlike(from: Structure, to: Structure): Renamed {
  const pairs = pairsOf(from, to).filter((pair) => keepsParts(pair, from, to));
  if (pairs.length === 0) return { from, steps: [] };
  const ids = new Map(pairs.flatMap(({ before, after }) => [[before.id, after.id] as const]));
  const renamed = new Map(pairs.map((pair) => [pair.before.id, pair]));
  const facts = [...from.facts.values()].map((fact) => {
    const pair = renamed.get(fact.id);
    return withIds(pair === undefined ? fact : asNamed(pair), ids, renamed);
  });
  const steps = pairs.filter((pair) => !comesAlong(pair, pairs)).map(renameStep);
  return { from: { ...from, facts: new Map(facts.map((fact) => [fact.id, fact])) }, steps };
}

interface Pair {
  readonly before: Fact;
  readonly after: Fact;
}

function pairsOf(from: Structure, to: Structure): readonly Pair[] {
  const stepsBack = steppingBack(from, to, likeness);
  const waiting = Map.groupBy(
    [...from.facts.values()].filter((fact) => isNamed(fact) && (!to.facts.has(fact.id) || stepsBack(fact))),
    likeness,
  );
  const taken = new Set([...from.facts.values()].flatMap((fact) => indexNameOf(fact) ?? []));
  const relations = new Set([...from.facts.keys()].map((id) => id.slice(id.indexOf(' ') + 1)));
  return [...to.facts.values()].flatMap((after) => {
    if (!isNamed(after) || from.facts.has(after.id)) return [];
    const [before] = waiting.get(likeness(after)) ?? [];
    if (before === undefined) return [];
    const name = indexNameOf(after);
    if (name !== undefined && (taken.has(name) || relations.has(name.slice('relation '.length)))) return [];
    waiting.get(likeness(after))?.shift();
    return [{ before, after }];
  });
}

function isNamed({ kind }: Fact): boolean {
  return kind === 'constraint' || kind === 'index';
}

/** The name that it takes among relations. */
function indexNameOf(fact: Fact): string | undefined {
  if (fact.kind !== 'index' && fact.notes?.['indexed'] !== true) return undefined;
  return relationName(placeOf(fact).schema, placeOf(fact).name);
}

/** What two of them have in common that differ in nothing but their names. */
function likeness({ kind, parent = '', attributes }: Fact): string {
  if (attributes['type'] === 'p') return canonicalJson([kind, parent, 'primary key']);
  return canonicalJson([kind, parent, { ...attributes, definition: withoutName(factText(attributes['definition'])) }]);
}

/** `pg_get_indexdef` says the name; `pg_get_constraintdef` does not. */
function withoutName(definition: string): string {
  return definition.replace(/^(CREATE (?:UNIQUE )?INDEX )(?:"(?:[^"]|"")+"|\S+)( ON )/, '$1$2');
}

/** The fact as it is once it has its next name. */
function asNamed({ before, after }: Pair): Fact {
  const isSame = likenessOfRest(before) === likenessOfRest(after);
  const notes = { ...before.notes, name: placeOf(after).name };
  return isSame
    ? { ...after, notes: { ...after.notes, ...notes }, requires: before.requires }
    : { ...before, id: after.id, notes };
}

function likenessOfRest({ attributes }: Fact): string {
  return canonicalJson({ ...attributes, definition: withoutName(factText(attributes['definition'])) });
}

/** Comments and the like stand under the name: where they differ too, both are better made anew. */
function keepsParts({ before, after }: Pair, from: Structure, to: Structure): boolean {
  const partsOf = (fact: Fact, { facts }: Structure): readonly string[] =>
    [...facts.values()]
      .filter(({ parent, kind }) => parent === fact.id && kind !== 'index partition')
      .map(({ kind, attributes }) => canonicalJson([kind, attributes]))
      .toSorted();
  return partsOf(before, from).join('\n') === partsOf(after, to).join('\n');
}

/** A fact that speaks of renamed ones, with their next names. */
function withIds(fact: Fact, ids: ReadonlyMap<string, string>, pairs: ReadonlyMap<string, Pair>): Fact {
  const idAfter = (id: string): string => ids.get(id) ?? id;
  const pair = fact.parent === undefined ? undefined : pairs.get(fact.parent);
  const isPart = fact.kind === 'index partition';
  const swap = (value: FactValue): FactValue => (typeof value === 'string' ? idAfter(value) : value);
  const above = pairs.get(factText(fact.notes?.['source']));
  const notes: Record<string, FactValue> = Object.fromEntries(
    Object.entries(fact.notes ?? {}).map(([key, value]) => [key, swap(value)]),
  );
  if (isPart && pair !== undefined) {
    notes['name'] = placeOf(pair.after).name;
    notes['index'] = quoted(placeOf(pair.after).schema, placeOf(pair.after).name);
  }
  if (isPart && above !== undefined) notes['of'] = quoted(placeOf(above.after).schema, placeOf(above.after).name);
  return {
    ...fact,
    id: pair === undefined ? fact.id : isPart ? partId(pair.after) : fact.id.replace(pair.before.id, pair.after.id),
    ...(fact.parent === undefined ? {} : { parent: idAfter(fact.parent) }),
    attributes: isPart ? { source: idAfter(factText(fact.attributes['source'])) } : fact.attributes,
    requires: fact.requires.map(idAfter).toSorted(),
    ...(fact.follows === undefined ? {} : { follows: fact.follows.map(idAfter) }),
    notes,
  };
}

function partId(index: Fact): string {
  return idOf('index partition', placeOf(index).schema, placeOf(index).name);
}

/** A check that comes from the table above gets its name from there too. */
function comesAlong({ before, after }: Pair, pairs: readonly Pair[]): boolean {
  if (before.attributes['type'] !== 'c' || before.notes?.['local'] === true) return false;
  return pairs.some(
    (other) =>
      other.before.id !== before.id &&
      placeOf(other.before).name === placeOf(before).name &&
      placeOf(other.after).name === placeOf(after).name,
  );
}

function renameStep({ before, after }: Pair): DefinitionStatement {
  const { schema, name } = placeOf(before);
  const next = quoted(placeOf(after).name);
  return before.kind === 'index'
    ? step(`alter index ${quoted(schema, name)} rename to ${next}`)
    : step(`alter table ${tableOf(before)} rename constraint ${quoted(name)} to ${next}`);
}
