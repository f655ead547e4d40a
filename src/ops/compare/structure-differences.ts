import { canonicalJson } from '../../catalog/snapshot/canonical-json.ts';
import type { Fact, FactValue, Structure } from '../../dialect/structure/fact.ts';

/** One thing in which a database is not what it should be. */
export interface Difference {
  /** `added`: only the database has it; `missing`: it should be there; `changed`: it is there and is another. */
  readonly change: 'added' | 'missing' | 'changed';
  /** The engine's word for what it is: `column`, `index`, `grant`. */
  readonly kind: string;
  /** Its id: `column public.person.email`. */
  readonly object: string;
  /** What differs, for something that changed; for something small that was added, what it is. */
  readonly attributes?: readonly AttributeDifference[];
}

export interface AttributeDifference {
  readonly name: string;
  readonly expected: FactValue;
  readonly found: FactValue;
}

/** How `found` differs from `expected`, fact by fact, by object. The parts of what is added or missing go without saying. */
export function structureDifferences(expected: Structure, found: Structure): readonly Difference[] {
  return [
    ...onlyIn(expected, found).map((fact): Difference => ({ change: 'missing', ...identityOf(fact) })),
    ...onlyIn(found, expected).map((fact): Difference => ({ change: 'added', ...identityOf(fact), ...wholeOf(fact) })),
    ...changed(expected, found),
  ].toSorted((a, b) => (a.object < b.object ? -1 : 1));
}

function identityOf({ kind, id }: Fact): Pick<Difference, 'kind' | 'object'> {
  return { kind, object: id };
}

/** What is granted says everything in its attributes, and next to nothing in its name. */
function wholeOf(fact: Fact): Pick<Difference, 'attributes'> {
  if (!isSmall(fact)) return {};
  return { attributes: membersOf({}, fact.attributes, '') };
}

/** Everything about it fits on a few lines. */
function isSmall({ attributes }: Fact): boolean {
  return canonicalJson(attributes).length <= smallText;
}

/** About four lines of a terminal. */
const smallText = 300;

function onlyIn(one: Structure, other: Structure): readonly Fact[] {
  const isMissing = (id: string): boolean => one.facts.has(id) && !other.facts.has(id);
  return [...one.facts.values()].filter(
    ({ id, parent }) => isMissing(id) && (parent === undefined || !isMissing(parent)),
  );
}

function changed(expected: Structure, found: Structure): readonly Difference[] {
  return [...expected.facts.values()].flatMap((fact): readonly Difference[] => {
    const now = found.facts.get(fact.id);
    if (now === undefined) return [];
    const attributes = attributeDifferences(fact, now);
    return attributes.length === 0 ? [] : [{ change: 'changed', ...identityOf(fact), attributes }];
  });
}

function attributeDifferences(expected: Fact, found: Fact): readonly AttributeDifference[] {
  const before = { ...expected.attributes, ...partOf(expected) };
  return membersOf(before, { ...found.attributes, ...partOf(found) }, '');
}

/** Goes down to the smallest thing that differs: `columns.email.type` and not the whole list of columns. */
function valueDifferences(name: string, expected: FactValue, found: FactValue): readonly AttributeDifference[] {
  if (canonicalJson(expected) === canonicalJson(found)) return [];
  const [before, now] = [named(expected), named(found)];
  const nested = before === undefined || now === undefined ? [] : membersOf(before, now, `${name}.`);
  return nested.length > 0 ? nested : [{ name, expected, found }];
}

type Members = Readonly<Record<string, FactValue>>;

function membersOf(expected: Members, found: Members, prefix: string): readonly AttributeDifference[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].toSorted();
  return names.flatMap((name) => valueDifferences(`${prefix}${name}`, expected[name] ?? null, found[name] ?? null));
}

/** The parts of a value by name: the members of an object, or of a list whose items say their names. */
function named(value: FactValue): Members | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!isList(value)) return value;
  const items = value.map((item) => [nameOf(item), item] as const);
  const names = new Set(items.map(([name]) => name));
  return names.has(undefined) || names.size < items.length ? undefined : Object.fromEntries(items);
}

function nameOf(item: FactValue): string | undefined {
  if (typeof item !== 'object' || item === null || isList(item)) return undefined;
  return typeof item['name'] === 'string' ? item['name'] : undefined;
}

function isList(value: FactValue): value is readonly FactValue[] {
  return Array.isArray(value);
}

function partOf({ parent }: Fact): Readonly<Record<string, FactValue>> {
  return parent === undefined ? {} : { 'part of': parent };
}
