import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { Database } from '../../../src/database/database.ts';
import { sql } from '../../../src/index.ts';
import type { SchemaModule } from '../../../src/schema/schema.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import type { SharedDatabase } from '../../servers/galera/shared-database.ts';

/** One database, opened on each node of a cluster. */
export interface Nodes extends AsyncDisposable {
  readonly all: readonly [ServiceDatabase, ServiceDatabase, ServiceDatabase];
}

/** Opens the database on each node, with the schema's tables in it. */
export async function openNodes({ urls }: SharedDatabase, schema: SchemaModule): Promise<Nodes> {
  await using opened = new AsyncDisposableStack();
  const open = async (url: string): Promise<ServiceDatabase> => opened.use(await connect(schema, localSettings(url)));
  const all = [await open(urls[0]), await open(urls[1]), await open(urls[2])] as const;
  await createSchema(all[0], schema);
  await catchUp(all);
  const kept = opened.move();
  return { all, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}

/** Waits until each node has what was committed on any. */
export async function catchUp(nodes: readonly Database[]): Promise<void> {
  for (const node of nodes) {
    await node.pinned(async (session) => {
      for (const text of session.dialect.sessions.readLatest ?? []) await session.script(text);
      await session.query(sql`select 1`);
    });
  }
}
