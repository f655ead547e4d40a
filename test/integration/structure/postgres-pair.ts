import { expect } from 'vitest';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import type { PlanStructureOptions, StructurePlanner } from '../../../src/dialect/structure-planner.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';

/** Two databases of one server: the one that is changed and the one that it shall become. */
export interface PostgresPair extends AsyncDisposable {
  readonly changed: OpenConnection;
  readonly wanted: OpenConnection;
  /** Where others can connect to each. */
  readonly urls: { readonly changed: string; readonly wanted: string };
  plan(options?: PlanStructureOptions): Promise<readonly DefinitionStatement[]>;
  /** Runs the plan, each statement by itself, and gives its texts. */
  converge(options?: PlanStructureOptions): Promise<readonly string[]>;
  /** The same question to both, asked of the server and not of us. */
  ask(question: string): Promise<{ readonly changed: Rows; readonly wanted: Rows }>;
}

type Rows = readonly (readonly unknown[])[];

export async function postgresPair(server: TestServer, from: string, to: string): Promise<PostgresPair> {
  const urls = { changed: (await server.database()).url, wanted: (await server.database()).url };
  const [changed, wanted] = [await openWith(urls.changed, from), await openWith(urls.wanted, to)];
  const planner = await plannerOf(changed);
  const plan: PostgresPair['plan'] = async (options) =>
    planner.plan(await planner.read(changed.connection), await planner.read(wanted.connection), options);
  const rows = async ({ connection }: OpenConnection, sql: string): Promise<Rows> =>
    (await connection.run({ sql }, [])).rows;
  return {
    changed,
    wanted,
    urls,
    plan,
    async converge(options) {
      const statements = await plan(options);
      for (const { sql } of statements) await changed.connection.script(sql);
      return statements.map(({ sql }) => sql);
    },
    ask: async (question) => ({ changed: await rows(changed, question), wanted: await rows(wanted, question) }),
    async [Symbol.asyncDispose]() {
      await changed[Symbol.asyncDispose]();
      await wanted[Symbol.asyncDispose]();
    },
  };
}

/** What tells of objects on the server, and how they are forgotten where they would outlive their database. */
interface Objects {
  readonly questions: readonly string[];
  readonly forget?: string;
}

/** Makes all of `large`, makes it of `small` and `small` of it, and removes it: the server agrees, and nothing is left to do. */
export async function expectMadeChangedAndRemoved(
  server: TestServer,
  [small, large]: readonly [small: string, large: string],
  { questions, forget = '' }: Objects,
): Promise<void> {
  for (const [from, to] of [
    ['', large],
    [small, large],
    [large, small],
    [large, ''],
  ] as const) {
    await using pair = await postgresPair(server, from, to);
    await pair.converge();
    for (const question of questions) {
      const { changed, wanted } = await pair.ask(question);
      expect(changed).toEqual(wanted);
    }
    expect(await pair.plan()).toEqual([]);
    for (const { connection } of [pair.changed, pair.wanted]) await connection.script(forget);
  }
}

async function plannerOf({ dialect }: OpenConnection): Promise<StructurePlanner> {
  if (dialect.structures === undefined) throw new Error(`${dialect.name} compares no structures`);
  return await dialect.structures();
}

async function openWith(url: string, sql: string): Promise<OpenConnection> {
  const opened = await openConnection(url);
  await opened.connection.script(sql);
  return opened;
}
