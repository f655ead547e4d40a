import { factText } from './fact-text.ts';
import type { ReadStructureOptions } from '../../../dialect/structure-planner.ts';
import type { Structure } from '../../../dialect/structure/fact.ts';
import { withoutParked } from '../../../dialect/structure/without-parked.ts';
import type { Connection } from '../../../driver/connection.ts';
import { linkPartitions } from './link-partitions.ts';
import type { Kind, ReadFact, ReadScope } from './kind.ts';
import { readDependencies } from './read-dependencies.ts';
import { readOpaque } from './opaque.ts';
import { withinSchema } from './within-schema.ts';

/**
 * Everything that is true of a PostgreSQL database, in one snapshot. Names in definitions come with their schemas,
 * because the search path is empty while they are printed.
 */
export async function readStructure(
  connection: Connection,
  kinds: readonly Kind[],
  options: ReadStructureOptions = {},
): Promise<Structure> {
  await connection.script(snapshot);
  try {
    const scope = await readScope(connection);
    const read: ReadFact[] = [];
    for (const { read: readKind } of kinds) read.push(...(await readKind(connection, scope)));
    const dependencies = await readDependencies(connection);
    const all = dependencies.complete(linkPartitions(withoutTables(read, options.exclude ?? [])));
    const facts = options.namespace === undefined ? all : withinSchema(all, options.namespace);
    return withoutParked({
      server: `postgresql ${scope.version}`,
      facts: new Map(facts.map((fact) => [fact.id, fact])),
      opaque: await readOpaque(connection),
    });
  } finally {
    await connection.script('rollback');
  }
}

/** Local settings end with the transaction. They fix how the server prints definitions. */
const snapshot = `begin transaction isolation level repeatable read, read only;
set local search_path = '';
set local datestyle = 'ISO, MDY';
set local intervalstyle = 'postgres';
set local extra_float_digits = 1;
set local quote_all_identifiers = off`;

async function readScope(connection: Connection): Promise<ReadScope> {
  const { rows } = await connection.run({ sql: `select current_setting('server_version_num'), current_user` }, []);
  return { version: Number(rows[0]?.[0]), user: String(rows[0]?.[1]) };
}

/** Leaves out tables by their name in any schema, and whatever is a part of one. */
function withoutTables(facts: readonly ReadFact[], names: readonly string[]): readonly ReadFact[] {
  const left = new Set(
    facts
      .filter(({ kind, notes }) => kind === 'table' && names.includes(factText(notes?.['name'])))
      .map(({ id }) => id),
  );
  if (left.size === 0) return facts;
  for (let before = -1; before < left.size;) {
    before = left.size;
    for (const { id, parent } of facts) if (parent !== undefined && left.has(parent)) left.add(id);
  }
  return facts.filter(({ id }) => !left.has(id));
}
