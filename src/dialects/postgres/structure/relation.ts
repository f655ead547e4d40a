import { factText } from './fact-text.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../dialect/structure/rules.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { idOf, quoted } from './names.ts';

/** Where a part of a relation belongs: every such fact says so in its notes. */
export interface Place {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
}

export function placeOf({ notes = {} }: Fact): Place {
  return { schema: factText(notes['schema']), table: factText(notes['table']), name: factText(notes['name']) };
}

/** The quoted name of the table that a fact is a part of. */
export function tableOf(fact: Fact): string {
  const { schema, table } = placeOf(fact);
  return quoted(schema, table);
}

export function tableNameOf(fact: Fact): ObjectName {
  const { schema, table } = placeOf(fact);
  return { namespace: schema, name: table };
}

export function tableIdOf(fact: Fact): string {
  const { schema, table } = placeOf(fact);
  return idOf('table', schema, table);
}

/** The facts that make the table a partition of another, or a child that inherits from others. */
export function linksOf(tableId: string, structure: Structure, { partsOf }: PlanContext): readonly Fact[] {
  const table = structure.facts.get(tableId);
  if (table === undefined) return [];
  return partsOf(table, structure).filter(isLink);
}

/** The ids of the tables that this one gets columns and constraints from. */
function sourcesOf(tableId: string, structure: Structure, context: PlanContext): readonly string[] {
  return linksOf(tableId, structure, context).map(({ notes }) => factText(notes?.['source']));
}

/** The same, and the tables that those get theirs from. */
export function sourcesAbove(tableId: string, structure: Structure, context: PlanContext): readonly string[] {
  const sources = sourcesOf(tableId, structure, context);
  return [...sources, ...sources.flatMap((source) => sourcesAbove(source, structure, context))];
}

/** True: what the tables above get and lose in this plan, this table gets and loses by itself. */
export function isLinkedThroughout(tableId: string, context: PlanContext): boolean {
  const before = sourcesOf(tableId, context.from, context);
  return sourcesOf(tableId, context.to, context).some((source) => before.includes(source));
}

/** The tables that are parts of this one, or inherit from it, before and after. */
export function childrenOf(tableId: string, context: PlanContext): readonly Fact[] {
  return [...context.to.facts.values()]
    .filter((fact) => isLink(fact) && fact.notes?.['source'] === tableId)
    .filter(({ parent }) => parent !== undefined && sourcesOf(parent, context.from, context).includes(tableId))
    .flatMap(({ parent }) => context.to.facts.get(parent ?? '') ?? []);
}

/** True: the table is made in this plan. */
export function isNew(tableId: string, { from }: PlanContext): boolean {
  return !from.facts.has(tableId);
}

export function isPartitioned(tableId: string, { facts }: Structure): boolean {
  return typeof facts.get(tableId)?.attributes['partitionKey'] === 'string';
}

/** Both make a table get what the one above has. */
export function isLink({ kind }: Pick<Fact, 'kind'>): boolean {
  return kind === 'partition' || kind === 'inheritance';
}

/** The table above that a link leads to. */
export function sourceOf({ notes }: Fact): ObjectName {
  return { namespace: factText(notes?.['sourceSchema']), name: factText(notes?.['sourceTable']) };
}

export function isForeignKey({ kind, attributes }: Pick<Fact, 'kind' | 'attributes'>): boolean {
  return kind === 'constraint' && attributes['type'] === 'f';
}

/** True for a table that is on another server, and for its columns: there is no row of it here. */
export function isForeign({ attributes }: Fact): boolean {
  return attributes['foreignOptions'] !== undefined;
}

/** True: the table is of a type before and after, and gets and loses its columns with it. */
export function isOfType(tableId: string, { from, to }: PlanContext): boolean {
  return [from, to].every(({ facts }) => typeof facts.get(tableId)?.attributes['ofType'] === 'string');
}
