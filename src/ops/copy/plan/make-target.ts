import type { Change } from '../../../catalog/change/change.ts';
import type { Catalog } from '../../../catalog/model/catalog.ts';
import { sameName } from '../../../catalog/model/object-name.ts';
import type { PinnedSession } from '../../../database/pinned-session.ts';
import type { Side } from '../translate/translation.ts';
import type { CopyPlan, TableCopy } from './copy-plan.ts';

/** Makes what the tables need and the tables themselves, without foreign keys where those can come after the rows. */
export async function makeTables(session: PinnedSession, plan: CopyPlan, source: Side, target: Side): Promise<void> {
  for (const change of [...preparations(plan, source, target), ...plan.tables.filter(isNew).map(create(session))]) {
    await make(session, change, plan.target);
  }
}

/** Adds the foreign keys that are not there yet; the engine checks the rows as it does. */
export async function addForeignKeys(session: PinnedSession, plan: CopyPlan): Promise<void> {
  if (session.dialect.definition.inlineForeignKeys === true) return;
  const { tables } = await session.dialect.inspector.inspect(session.connection, { namespaces: namespacesOf(plan) });
  for (const { table } of plan.tables) {
    const there = tables.find((one) => sameName(one, table))?.foreignKeys ?? [];
    const missing = table.foreignKeys.filter(({ name }) => !there.some((key) => key.name === name));
    for (const foreignKey of missing)
      await make(session, { kind: 'add-foreign-key', table: nameOf(table), foreignKey }, { ...plan.target, tables });
  }
}

/** Namespaces that the plan's tables are in. */
function namespacesOf({ tables }: CopyPlan): readonly string[] {
  return [...new Set(tables.flatMap(({ table }) => table.namespace ?? []))];
}

function isNew({ exists }: TableCopy): boolean {
  return !exists;
}

function create({ dialect }: PinnedSession): (copy: TableCopy) => Change {
  return ({ table }) => ({
    kind: 'create-table',
    table: dialect.definition.inlineForeignKeys === true ? table : { ...table, foreignKeys: [] },
  });
}

function preparations(plan: CopyPlan, source: Side, target: Side): readonly Change[] {
  const { namedEnums, namespaces } = target.dialect.traits;
  const isMissing = <T extends { readonly name: string; readonly namespace?: string }>(list: readonly T[]) => {
    return (object: T): boolean => !list.some((other) => sameName(other, object));
  };
  const sameEngine = source.dialect.name === target.dialect.name;
  const spaces = namespaces ? namespacesOf(plan).filter((name) => !target.catalog.namespaces.includes(name)) : [];
  return [
    ...spaces.map((name): Change => ({ kind: 'create-namespace', name })),
    ...(namedEnums ? plan.target.enums.filter(isMissing(target.catalog.enums)) : []).map((type): Change => ({
      kind: 'create-enum',
      enum: type,
    })),
    ...(sameEngine ? source.catalog.sequences.filter(isMissing(target.catalog.sequences)) : []).map(
      (sequence): Change => ({ kind: 'create-sequence', sequence }),
    ),
    ...(sameEngine ? source.catalog.raw.filter(isMissing(target.catalog.raw)) : [])
      .filter(({ stage }) => stage === 'before-tables')
      .map((object): Change => ({ kind: 'create-raw', object })),
  ];
}

async function make(session: PinnedSession, change: Change, before: Catalog): Promise<void> {
  const statements = session.dialect.definition.compile(change, before);
  if (statements.every(({ transactional }) => transactional)) {
    await session.transaction(async (transaction) => {
      for (const { sql } of statements) await transaction.run({ sql }, []);
    });
  } else {
    for (const { sql } of statements) await session.run({ sql }, []);
  }
}

function nameOf({ namespace, name }: TableCopy['table']): { namespace?: string; name: string } {
  return namespace === undefined ? { name } : { namespace, name };
}
