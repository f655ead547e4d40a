import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { dependentsOf } from '../../../../dialect/structure/dependents.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import { planStructure } from '../../../../dialect/structure/plan-structure.ts';
import type { RuleTable } from '../../../../dialect/structure/rules.ts';
import { together } from '../../online/step.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import { isInLists } from '../domain-swap.ts';
import { idOf, quoted } from '../names.ts';
import { placeOf } from '../relation.ts';
import type { TypeUser } from '../swap-type.ts';
import { withFacts, withoutFacts } from '../with-facts.ts';
import { copyWithKey, whyNotCopied } from './copy-with-key.ts';
import { partsWithin } from './own-parts.ts';

/**
 * A domain gets checks by another one that has them: each table with columns of it is copied to one with columns of the
 * other, which looks at the values as they come, and at last the other gets its name.
 */
export function guardDomain(
  domain: Fact,
  before: Structure,
  after: Structure,
  rules: RuleTable,
): readonly DefinitionStatement[] {
  const other = otherDomain(domain, after);
  const start = withFacts(before, other.facts);
  const make = planStructure(before, start, rules, 'plain').map(({ sql }) => sql);
  const statements = [...together(make)];
  let now = start;
  for (const table of tablesOf(domain, before)) {
    const next = withColumnsOf(table, now, domain, other);
    statements.push(...copyWithKey(table, now, next, rules));
    now = next;
  }
  return [...statements, ...giveName(domain, other, after, rules)];
}

/** Why the tables of a domain cannot be copied to ones of another domain; undefined when they can. */
export function whyNotGuarded(domain: Fact, before: Structure, after: Structure): string | undefined {
  if (isInLists(domain)) return 'lists are made of it';
  const tables = tablesOf(domain, before);
  const within = new Set(tables.flatMap(({ id }) => [...partsWithin(id, before)]));
  const own = partsWithin(domain.id, before);
  const users = dependentsOf(before)(domain.id).filter(({ id }) => !own.has(id));
  const other = users.find(({ id }) => !within.has(id));
  if (other !== undefined) return `${other.id} stands on it`;
  const { name } = placeOf(domain);
  const said = users.find(({ kind, attributes }) => kind !== 'column' && JSON.stringify(attributes).includes(name));
  if (said !== undefined) return `${said.id} speaks of it`;
  const twin = otherDomain(domain, after);
  let now = withFacts(before, twin.facts);
  for (const table of tables) {
    const next = withColumnsOf(table, now, domain, twin);
    const reason = whyNotCopied(table, now, next);
    if (reason !== undefined) return `${table.id}: ${reason}`;
    now = next;
  }
  return undefined;
}

interface OtherDomain {
  readonly id: string;
  readonly name: string;
  /** As the type of a column. */
  readonly type: string;
  readonly facts: readonly Fact[];
}

/** The domain as it is to be, under a name for the meantime. */
function otherDomain(domain: Fact, after: Structure): OtherDomain {
  const { schema } = placeOf(domain);
  const wanted = after.facts.get(domain.id) ?? domain;
  const checks = [...after.facts.values()].filter(
    ({ kind, parent }) => kind === 'domain constraint' && parent === domain.id,
  );
  const said = checks.map(({ id, attributes }) => JSON.stringify([id, attributes])).toSorted();
  const name = temporaryName(placeOf(domain).name, 'new', domain.id, ...said);
  const [id, type] = [idOf('domain', schema, name), quoted(schema, name)];
  const facts = [
    { ...wanted, id, attributes: named(wanted), notes: { ...wanted.notes, name, users: [] } },
    ...checks.map((check) => ({
      ...check,
      id: `${check.id} of ${name}`,
      parent: id,
      requires: check.requires.filter((one) => one !== domain.id),
      notes: { ...check.notes, domain: type },
    })),
  ];
  return { id, name, type, facts };
}

/** A name that the server makes would be made of the name for the meantime. */
function named(domain: Fact): Fact['attributes'] {
  const { notNull, notNullName } = domain.attributes;
  if (notNull !== true || typeof notNullName === 'string') return domain.attributes;
  return { ...domain.attributes, notNullName: `${placeOf(domain).name}_not_null` };
}

function tablesOf(domain: Fact, { facts }: Structure): readonly Fact[] {
  const ids = usersOf(domain).map(({ schema, table }) => idOf('table', schema, table));
  return [...new Set(ids)].toSorted().flatMap((id) => facts.get(id) ?? []);
}

function usersOf({ notes }: Fact): readonly TypeUser[] {
  return (notes?.['users'] ?? []) as unknown as readonly TypeUser[];
}

/** The table with its columns of the domain, and what stands on them, of the other one. */
function withColumnsOf(table: Fact, structure: Structure, domain: Fact, other: OtherDomain): Structure {
  const within = partsWithin(table.id, structure);
  const columns = new Set(usersOf(domain).map((user) => idOf('column', user.schema, user.table, user.column)));
  const changed = [...structure.facts.values()]
    .filter(({ id, requires }) => within.has(id) && requires.includes(domain.id))
    .map((fact) => ({
      ...fact,
      requires: fact.requires.map((id) => (id === domain.id ? other.id : id)),
      ...(columns.has(fact.id) ? { attributes: { ...fact.attributes, type: other.type } } : {}),
    }));
  return withFacts(structure, changed);
}

/** What is said of a domain, rights and comments, is said of the other one with its name. */
function giveName(
  domain: Fact,
  other: OtherDomain,
  after: Structure,
  rules: RuleTable,
): readonly DefinitionStatement[] {
  const { schema, name } = placeOf(domain);
  const old = temporaryName(name, 'old', domain.id);
  const made = new Set(['domain', 'domain constraint']);
  const within = partsWithin(domain.id, after);
  const bare = withoutFacts(after, ({ id, kind }) => within.has(id) && !made.has(kind));
  return together([
    `alter domain ${quoted(schema, name)} rename to ${quoted(old)}`,
    `alter domain ${other.type} rename to ${quoted(name)}`,
    `drop domain ${quoted(schema, old)}`,
    ...planStructure(bare, after, rules, 'plain').map(({ sql }) => sql),
  ]);
}
