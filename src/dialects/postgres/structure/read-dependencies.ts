import type { Fact } from '../../../dialect/structure/fact.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/read-rows.ts';
import { attachParts } from './attach-parts.ts';
import type { ReadFact } from './kind.ts';

/** What the catalog knows about who needs whom. */
export interface Dependencies {
  /** Adds to each fact what it requires, and leaves out what an extension brought along. */
  complete(facts: readonly ReadFact[]): readonly Fact[];
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

/** Reads `pg_depend` once. */
export async function readDependencies(connection: Connection): Promise<Dependencies> {
  const edges = await readRows<Edge>(connection, dependencyQuery, []);
  return { complete: (facts) => complete(facts, edges) };
}

const dependencyQuery = `
  select distinct classid::regclass || '/' || objid || '/' || objsubid as "from",
    refclassid::regclass || '/' || refobjid || '/' || refobjsubid as "to", deptype as type
  from pg_depend where objid >= 16384 and refclassid <> 0 and deptype not in ('P', 'S')`;

function complete(all: readonly ReadFact[], edges: readonly Edge[]): readonly Fact[] {
  const wholes = wholesOf(edges);
  const facts = withoutMembers(attachParts(all, resolver(all, wholes)), edges);
  const find = resolver(facts, wholes);
  const isRequired = requirement(facts);
  const required = new Map<ReadFact, Set<string>>();
  const isMutual = mutuality(facts, edges);
  for (const edge of edges) {
    const { from, to } = edge;
    const [dependent, needed] = [find(from), find(isMutual(edge) ? `shell ${to}` : to)];
    if (dependent === undefined || needed === undefined || !isRequired(needed, dependent)) continue;
    const others = required.get(dependent);
    if (others === undefined) required.set(dependent, new Set([needed.id]));
    else others.add(needed.id);
  }
  return facts.map((fact) => requiring(fact, required.get(fact)));
}

/** Tells of a function that its type needs it too: it is made when there is no more of the type than its name. */
function mutuality(facts: readonly ReadFact[], edges: readonly Edge[]): (edge: Edge) => boolean {
  const types = new Set(facts.filter(({ kind }) => kind === 'base type').flatMap(({ addresses }) => addresses));
  const needs = new Set(edges.filter(({ from }) => types.has(from)).map(({ from, to }) => `${from} ${to}`));
  return ({ from, to }) => needs.has(`${to} ${from}`);
}

/** Tells whether what depends on another fact has to be made after it: not where one of them is a part of the other. */
function requirement(facts: readonly ReadFact[]): (needed: ReadFact, dependent: ReadFact) => boolean {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const isPartOf = ({ parent }: ReadFact, whole: string): boolean => {
    if (parent === undefined || parent === whole) return parent === whole;
    const next = byId.get(parent);
    return next !== undefined && isPartOf(next, whole);
  };
  return (needed, dependent) => {
    // a child table says by its link, which may change, what it comes from
    if (dependent.kind === 'table' && needed.kind === 'table') return false;
    return dependent.id !== needed.id && dependent.parent !== needed.id && !isPartOf(needed, dependent.id);
  };
}

/** The fact without its addresses, and with what it requires. */
function requiring(read: ReadFact, required: ReadonlySet<string> = new Set()): Fact {
  const { addresses: _, of: _of, ...fact } = read;
  if (required.size === 0 && fact.requires.length < 2) return fact;
  return { ...fact, requires: [...new Set([...fact.requires, ...required])].toSorted() };
}

/** What belongs to an extension is made and removed with it, and so are its parts. */
function withoutMembers(facts: readonly ReadFact[], edges: readonly Edge[]): readonly ReadFact[] {
  const members = new Set(edges.filter(({ type }) => type === 'e').map(({ from }) => from));
  const left = new Set(facts.filter(({ addresses }) => addresses.some((a) => members.has(a))).map(({ id }) => id));
  for (let before = -1; before < left.size;) {
    before = left.size;
    for (const { id, parent } of facts) if (parent !== undefined && left.has(parent)) left.add(id);
  }
  return facts.filter(({ id }) => !left.has(id));
}

/**
 * Finds the fact that stands for a row of the catalog: the row itself; its relation when it is a column without a fact
 * of its own; or what it is an internal part or a member of: an array type, a row type, the rule of a view, the index
 * of a constraint, the function of an extension.
 */
function resolver(
  facts: readonly ReadFact[],
  wholes: ReadonlyMap<string, string>,
): (address: string) => ReadFact | undefined {
  const found = new Map<string, ReadFact | undefined>();
  for (const fact of facts) for (const address of fact.addresses) found.set(address, fact);
  const find = (address: string): ReadFact | undefined => {
    if (found.has(address)) return found.get(address);
    found.set(address, undefined); // what leads back to itself stands for nothing
    const next = wholes.get(address) ?? relationOf(address);
    const fact = next === undefined ? undefined : find(next);
    found.set(address, fact);
    return fact;
  };
  return find;
}

/** What each row of the catalog is an internal part or a member of. */
function wholesOf(edges: readonly Edge[]): ReadonlyMap<string, string> {
  return new Map(edges.filter(({ type }) => type === 'i' || type === 'e').map(({ from, to }) => [from, to]));
}

/** The address of the relation that a column is in. */
function relationOf(address: string): string | undefined {
  return address.endsWith('/0') ? undefined : `${address.slice(0, address.lastIndexOf('/'))}/0`;
}
