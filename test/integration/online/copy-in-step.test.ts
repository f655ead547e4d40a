import { expect, test } from 'vitest';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import { postgresErrors } from '../../../src/dialects/postgres/errors.ts';
import type { Connection } from '../../../src/driver/connection.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';
import { runSegments, segments } from './run-segments.ts';
import { structureOf } from './while-booking.ts';

const table = (more = ''): string =>
  `create table seat (id int primary key, mark text unique, note text${more}); create table other (id int);`;
const rows = `insert into seat select i, 'm' || i, 'n' from generate_series(1, 50) i;`;

/** A copy on its way: the table is kept in step, and its rows are still to be copied. */
interface Begun extends AsyncDisposable {
  readonly open: OpenConnection;
  readonly writer: Connection;
  fill(): Promise<void>;
  changePlaces(): Promise<void>;
  seats(): Promise<readonly unknown[]>;
}

describeServers(['postgresql-15', 'postgresql-18'], 'a copy that is kept in step', (server) => {
  test('does not get a row that is being deleted while it is read', async () => {
    await using begun = await begin(server, rows);
    await begun.writer.script('begin; delete from seat where id = 7');

    const filling = begun.fill();
    await begun.writer.script('select pg_sleep(0.5); commit');
    await filling;
    await begun.changePlaces();

    expect(await begun.seats()).toHaveLength(49);
    expect(await begun.seats()).not.toContain('7 m7 n');
  });

  test('lets nobody delete a row under a snapshot that does not show its copy', async () => {
    await using begun = await begin(server, rows);
    await begun.writer.script('begin isolation level repeatable read; select from seat');

    await begun.fill();
    const failure = await codeOf(begun.writer.script('delete from seat where id = 7'));
    await begun.writer.script('rollback; begin isolation level repeatable read; delete from seat where id = 7; commit');
    await begun.changePlaces();

    expect(failure).toBe('SERIALIZATION_FAILURE');
    expect(await begun.seats()).not.toContain('7 m7 n');
  });

  test('has what was written under a snapshot before any row was copied', async () => {
    await using begun = await begin(server, rows);
    await begun.writer.script('begin isolation level serializable; select from seat; delete from seat where id = 7');
    await begun.writer.script(
      `update seat set note = 'x' where id = 8; insert into seat values (99, 'm99', 'y'); commit`,
    );

    await begun.fill();
    await begun.changePlaces();

    expect(await begun.seats()).toEqual(expect.arrayContaining(['8 m8 x', '99 m99 y']));
    expect(await begun.seats()).toHaveLength(50);
  });

  test.each(['before', 'after'])(
    'follows keys that move up by one, a row into the place of the next, %s the rows',
    async (when) => {
      await using begun = await begin(
        server,
        `insert into seat select 21 - i, 'm' || i, 'n' from generate_series(1, 20) i;`,
      );
      const move = 'update seat set id = id + 1';

      if (when === 'before') await begun.writer.script(move);
      await begun.fill();
      if (when === 'after') await begun.writer.script(move);
      const moved = await begun.seats();
      await begun.changePlaces();

      expect(moved).toContain('21 m1 n');
      expect(await begun.seats()).toEqual(moved);
    },
  );

  test('has what triggers of the table write to it, whatever comes first', async () => {
    const triggers = `create function again() returns trigger language plpgsql as $$ begin
        if tg_op = 'DELETE' then insert into seat values (old.id + 1, 'again' || old.id, 'n') on conflict do nothing;
        elsif new.note <> 'twice' then update seat set note = 'twice' where id = new.id; end if; return null; end $$;
      create trigger a after update or delete on seat for each row execute function again();
      create trigger z after update or delete on seat for each row execute function again();`;
    await using begun = await begin(server, rows + triggers, triggers);

    await begun.fill();
    await begun.writer.script(`update seat set note = 'once' where id < 10; delete from seat where id in (20, 21, 22)`);
    const written = await begun.seats();
    await begun.changePlaces();

    expect(written).toEqual(expect.arrayContaining(['3 m3 twice', '21 again20 n']));
    expect(await begun.seats()).toEqual(written);
  });

  test('is emptied with the table, and written by those who replicate', async () => {
    await using begun = await begin(server, rows);

    await begun.fill();
    await begun.writer.script(
      `truncate seat; set session_replication_role = replica; insert into seat values (1, 'one', 'r')`,
    );
    await begun.changePlaces();

    expect(await begun.seats()).toEqual(['1 one r']);
  });

  test('is written for those who may not write to it themselves', async () => {
    const rights = 'grant select, update (note) on seat to pg_monitor;';
    await using begun = await begin(server, rows + rights, rights);

    await begun.fill();
    await begun.writer.script(`set role pg_monitor; update seat set note = 'theirs' where id = 7; reset role`);
    await begun.changePlaces();

    expect(await begun.seats()).toContain('7 m7 theirs');
  });

  test('shows its rows to nobody, whatever rights new tables come with', async () => {
    const rights = `alter default privileges grant select on tables to pg_monitor; grant select on seat to pg_monitor;
      alter table seat enable row level security;`;
    await using begun = await begin(server, rows + rights, rights);
    const name = `select oid::regclass::text from pg_class where relname like 'seat\\_\\_new\\_%' and relkind = 'r'`;

    await begun.fill();
    const [[copy] = []] = (await begun.writer.run({ sql: name }, [])).rows;
    await begun.writer.script('set role pg_monitor');
    const seen = await begun.writer.run({ sql: `select count(*)::text from ${String(copy)}` }, []);
    await begun.writer.script('reset role');
    await begun.changePlaces();

    expect(seen.rows).toEqual([['0']]);
    expect(await begun.seats()).toHaveLength(50);
  });

  test('is written by no trigger of others', async () => {
    await using begun = await begin(server, rows);
    const name = `select oid::regproc::text from pg_proc where proname like 'seat\\_\\_sync\\_%'`;
    const [[routine] = []] = (await begun.writer.run({ sql: name }, [])).rows;
    await begun.writer.script(
      'create temporary table mine (like seat); grant all on mine to pg_monitor; alter table mine owner to pg_monitor; set role pg_monitor',
    );

    const trigger = `create trigger t after delete on mine for each row execute function ${String(routine)}()`;

    expect(await codeOf(begun.writer.script(trigger))).toBe('PERMISSION_DENIED');
    await begun.writer.script('reset role; drop table mine');
  });

  test('stays beside a table that was altered meanwhile', async () => {
    await using begun = await begin(server, rows);
    await begun.fill();
    await begun.writer.script('alter table seat add column late int');

    await expect(begun.changePlaces()).rejects.toMatchObject({ message: expect.stringContaining('was altered while') });

    expect(await begun.seats()).toHaveLength(50);
  });

  test('refuses rows that the table is not to have from the first trigger on', async () => {
    await using begun = await begin(server, rows);
    const insert = `insert into seat values (1000, 'm1000', 'only once'), (1001, 'm1001', 'only once')`;

    const failure = await codeOf(begun.writer.script(insert));
    await begun.fill();
    await begun.changePlaces();

    expect(failure).toBe('UNIQUE_VIOLATION');
    expect(await begun.seats()).toHaveLength(50);
  });
});

/** The table is to get an exclusion constraint on notes that say `only`. */
async function begin(server: TestServer, more: string, wanted = ''): Promise<Begun> {
  await using stack = new AsyncDisposableStack();
  const [database, other] = [stack.use(await server.database()), stack.use(await server.database())];
  const [open, target] = [stack.use(await openConnection(database.url)), stack.use(await openConnection(other.url))];
  const { connection: writer } = stack.use(await openConnection(database.url));
  await open.connection.script(table() + more);
  await target.connection.script(table(`, constraint once exclude (note with =) where (note like 'only%')`) + wanted);
  const planner = await open.dialect.structures?.();
  const plan = planner?.plan(await structureOf(open), await structureOf(target)) ?? [];
  const parts = segments(plan);
  const fill = parts.findIndex((part) => part.some(({ sql }) => sql.startsWith('do $copy$')));
  const run = async (statements: readonly (readonly DefinitionStatement[])[]): Promise<void> =>
    await runSegments(open.connection, statements.flat());
  await run(parts.slice(0, fill));
  const owned = stack.move();
  return {
    open,
    writer,
    fill: async () => await run(parts.slice(fill, fill + 1)),
    changePlaces: async () => await run(parts.slice(fill + 1)),
    seats: async () =>
      (
        await open.connection.run({ sql: `select concat_ws(' ', id, mark, note) from seat order by id` }, [])
      ).rows.flat(),
    [Symbol.asyncDispose]: async () => await owned.disposeAsync(),
  };
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return postgresErrors.translate(error, { during: 'statement' }).code;
  }
}
