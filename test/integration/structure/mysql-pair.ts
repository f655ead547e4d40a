import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import type { PlanStructureOptions, StructurePlanner } from '../../../src/dialect/structure-planner.ts';
import type { Structure } from '../../../src/dialect/structure/fact.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { mysqlText } from '../../../src/dialects/mysql/text.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';

/** Two databases of one server: the one that is changed and the one that it shall become. */
export interface Pair extends AsyncDisposable {
  readonly changed: OpenConnection;
  readonly planner: StructurePlanner;
  /** The statements from the changed database, as it is now, to the wanted one. */
  plan(options?: PlanStructureOptions): Promise<readonly DefinitionStatement[]>;
  read(): Promise<Structure>;
  /** Runs the plan, an online one as the server was asked about it, and gives its statements. */
  converge(options?: PlanStructureOptions): Promise<readonly DefinitionStatement[]>;
  /** What the server shows of both, for comparison. */
  shown(): Promise<{ readonly changed: Shown; readonly wanted: Shown }>;
}

type Shown = Readonly<Record<string, string>>;

export async function openPair(server: TestServer, from: readonly string[], to: readonly string[]): Promise<Pair> {
  const [changed, wanted] = [await openWith(server, from), await openWith(server, to)];
  const planner = await changed.dialect.structures?.();
  if (planner === undefined) throw new Error(`${server.name} compares no structures`);
  const read = async (): Promise<Structure> => await planner.read(changed.connection);
  const plan: Pair['plan'] = async (options) =>
    planner.plan(await read(), await planner.read(wanted.connection), options);
  const rehearsed = async (statements: readonly DefinitionStatement[]): Promise<readonly DefinitionStatement[]> => {
    await using scratch = await openWith(server, []);
    const rehearsal = { from: await read(), source: changed.connection, scratch: scratch.connection };
    return (await planner.rehearse?.(statements, rehearsal)) ?? statements;
  };
  return {
    changed,
    planner,
    plan,
    read,
    async converge(options) {
      const statements = await rehearsed(await plan(options));
      for (const { sql } of statements) await changed.connection.script(sql);
      return statements;
    },
    shown: async () => ({ changed: await show(changed), wanted: await show(wanted) }),
    async [Symbol.asyncDispose]() {
      await changed[Symbol.asyncDispose]();
      await wanted[Symbol.asyncDispose]();
    },
  };
}

async function openWith(server: TestServer, statements: readonly string[]): Promise<OpenConnection> {
  const opened = await openConnection((await server.database()).url);
  for (const sql of statements) await opened.connection.script(sql);
  return opened;
}

const objectsQuery = `
select if(table_type in ('VIEW', 'SEQUENCE'), table_type, 'table'), table_name, database()
from information_schema.tables where table_schema = database()
union all select routine_type, routine_name, database() from information_schema.routines where routine_schema = database()
union all select 'event', event_name, database() from information_schema.events where event_schema = database()
union all select 'trigger', trigger_name, database() from information_schema.triggers where trigger_schema = database()`;

/** The server's own text of every object, the lines of a table sorted: where a column stands does not count. */
async function show({ connection }: OpenConnection): Promise<Shown> {
  const shown: Record<string, string> = {};
  const { rows } = await connection.run({ sql: objectsQuery }, []);
  for (const [kind, name, database] of rows) {
    const result = await connection.run({ sql: `show create ${String(kind)} ${mysqlText.name(String(name))}` }, []);
    const cells = (result.rows[0] ?? []).filter((_, place) => result.fields[place] !== 'Created').map(String);
    const text = cells.join('\n').replaceAll(`${mysqlText.name(String(database))}.`, '');
    const lines = text
      .replace(/ AUTO_INCREMENT=\d+/, '')
      .replaceAll(',\n', '\n')
      .split('\n');
    shown[`${String(kind)} ${String(name)}`] = (kind === 'table' ? lines.toSorted() : lines).join('\n');
  }
  const order = await connection.run({ sql: triggerOrderQuery }, []);
  return { ...shown, 'order of triggers': JSON.stringify(order.rows) };
}

const triggerOrderQuery = `
select trigger_name, action_order from information_schema.triggers where trigger_schema = database() order by trigger_name`;
