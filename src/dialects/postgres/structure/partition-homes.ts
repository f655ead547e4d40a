import { factText } from './fact-text.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact, FactValue, Structure } from '../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../dialect/structure/rules.ts';
import { quoted } from './names.ts';
import { isPartitioned, placeOf, tableOf } from './relation.ts';
import { step } from './step.ts';

/** The partitions, to come or with a new bound, that may take the rows of a partition which goes. */
export function homesOf(table: Fact, { from, to, partsOf }: PlanContext): readonly Fact[] {
  const [link] = partsOf(table, from).filter(({ kind }) => kind === 'partition');
  if (link === undefined || to.facts.has(table.id)) return [];
  const source = factText(link.notes?.['source']);
  if (!isPartitioned(source, from) || !isPartitioned(source, to)) return [];
  const isOther = ({ id, attributes }: Fact): boolean => {
    const before = from.facts.get(id)?.attributes;
    return isDefault(attributes) || before?.['bound'] !== attributes['bound'] || before?.['source'] !== source;
  };
  return siblingsOf(link, to).filter(isOther);
}

/** Copies the rows of a partition that goes into those that take them, through the table above. */
export function moveRows(table: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const homes = homesOf(table, context);
  const [link] = context.partsOf(table, context.from).filter(({ kind }) => kind === 'partition');
  const source = context.to.facts.get(factText(link?.notes?.['source']));
  if (homes.length === 0 || source === undefined) return [];
  const columns = valueColumns(source, context.to, context)
    .filter((name) => valueColumns(table, context.from, context).includes(name))
    .map((name) => quoted(name));
  if (columns.length === 0) return [];
  const takesAll = homes.some(({ attributes }) => isDefault(attributes) || isHash(attributes));
  const conditions = homes.flatMap((home) => conditionOf(home) ?? []).map((condition) => `(${condition})`);
  const where = takesAll || conditions.length < homes.length ? '' : ` where ${conditions.join(' or ')}`;
  const list = columns.join(', ');
  const copy = `insert into ${tableOf(source)} (${list}) overriding system value select ${list} from ${tableOf(table)}`;
  const note = `the rows of ${placeOf(table).name} go to the partitions that take them${where === '' ? '' : '; those that none takes are dropped with it'}`;
  return [step(copy + where, { note })];
}

/** The other partitions of the same table. */
export function siblingsOf(link: Fact, { facts }: Structure): readonly Fact[] {
  const source = link.notes?.['source'];
  return [...facts.values()].filter(
    ({ kind, id, notes }) => kind === 'partition' && id !== link.id && notes?.['source'] === source,
  );
}

export function isDefault(attributes: Fact['attributes']): boolean {
  return attributes['bound'] === 'DEFAULT';
}

/** What the server says is true of each row of a partition. That of a hash holds a number which no other database has. */
export function conditionOf({ notes, attributes }: Fact): string | undefined {
  const condition: FactValue | undefined = notes?.['condition'];
  if (typeof condition !== 'string' || isDefault(attributes) || /satisfies_hash_partition/.test(condition))
    return undefined;
  return condition;
}

/** True: the table is still a partition afterwards. */
export function stays(tableId: string | undefined, { to }: PlanContext): boolean {
  return tableId !== undefined && to.facts.has(tableId);
}

function isHash({ bound }: Fact['attributes']): boolean {
  return /modulus/i.test(factText(bound));
}

function valueColumns(table: Fact, structure: Structure, { partsOf }: PlanContext): readonly string[] {
  return partsOf(table, structure)
    .filter(({ kind, attributes }) => kind === 'column' && attributes['generated'] === null)
    .map((column) => placeOf(column).name);
}
