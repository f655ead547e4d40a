import { expect, test } from 'vitest';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { runSegments, segments } from '../online/run-segments.ts';
import { postgresPair, type PostgresPair } from './postgres-pair.ts';

const types = `create domain amount as numeric constraint positive check (value > 0);
  comment on domain amount is 'money'; grant usage on domain amount to public; create table room (id int primary key);`;

/** A table with everything that can hang on one. */
const booking = (columns: string, more = ''): string => `${types}
  create table booking (id bigint generated always as identity (start with 7) primary key, code serial,
    room int not null references room on delete cascade, during int4range not null, note text default 'none',
    size amount default 5 check (size < 100), constraint booking_code unique (code)${columns});
  create index booking_note on booking (note) where note <> 'x'; comment on index booking_note is 'by note';
  comment on table booking is 'who comes'; comment on column booking.note is 'said';
  comment on constraint booking_code on booking is 'one'; grant select, insert (note) on booking to public;
  alter table booking enable row level security; create policy all_of_it on booking using (true);
  alter table booking alter column note set statistics 300, alter column note set storage external;
  create statistics note_room on note, room from booking;
  create function touch() returns trigger language plpgsql as 'begin new.note := upper(new.note); return new; end';
  create trigger touches before update on booking for each row execute function touch();
  alter table booking disable trigger touches, replica identity full; create rule never as on delete to booking where old.id < 0 do instead nothing;
  create view noted as select id, note from booking; create view noted_twice as select * from noted;
  grant select on noted to public; comment on view noted_twice is 'again';
  create table guest (id int primary key, booking bigint constraint guest_booking references booking on delete cascade);
  comment on constraint guest_booking on guest is 'theirs'; ${more}`;
const filled = `insert into room select generate_series(1, 50);
  insert into booking (room, during, size) select 1 + i % 50, int4range(i, i + 1), 1 + i % 9 from generate_series(1, 3000) i;
  insert into guest values (1, 7), (2, 8);`;
const bare = (more: string): string => `${types} create table bare (a int, b text${more});`;
const filledBare = `insert into bare select i, i::text from generate_series(1, 3000) i;`;

const changes: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'for an exclusion constraint': [
    booking('') + filled,
    booking(
      ', constraint once exclude using gist (during with &&)',
      `comment on constraint once on booking is 'no two';`,
    ),
  ],
  'for a stored column that the server computes, and what stands on it': [
    booking('') + filled,
    booking(
      ', word text generated always as (upper(note)) stored',
      'create index on booking (word); grant update (word) on booking to public;',
    ),
  ],
  'for another expression of such a column': [
    booking(', word text generated always as (upper(note)) stored', 'create index on booking (word);') + filled,
    booking(', word text generated always as (lower(note)) stored', 'create index on booking (word);'),
  ],
  'for a check of the domain of a column': [
    booking('') + filled,
    booking('').replace('check (value > 0)', 'check (value > 0) constraint low check (value < 1000)'),
  ],
  'for a column of a domain with a check': [bare('') + filledBare, bare(', c amount')],
  'for an exclusion constraint on rows without a key': [bare('') + filledBare, bare(', exclude (a with =)')],
  'for another exclusion constraint of the same name': [
    bare(', constraint c exclude (a with =)') + filledBare,
    bare(', constraint c exclude (b with =)'),
  ],
};

describeServers(['postgresql-15', 'postgresql-18'], 'a copy that is planned', (server) => {
  test.each(Object.entries(changes))(
    'takes the place of a table with all that hangs on it, %s',
    async (_why, [from, to]) => {
      await using pair = await postgresPair(server, from, to);
      const plan = await pair.plan();
      const before = await rowsOf(pair);

      await runSegments(pair.changed.connection, plan);

      expect(await pair.plan()).toEqual([]);
      expect(await rowsOf(pair)).toEqual(before);
      expect(plan.filter(({ sql }) => sql.startsWith('drop table'))).toHaveLength(1);
      expect(plan.flatMap(({ note = '' }) => / while nobody /.exec(note) ?? [])).toEqual([]);
    },
  );

  test('goes on counting, and refers to what the table referred to', async () => {
    const [from, to] = changes['for an exclusion constraint'] ?? ['', ''];
    await using pair = await postgresPair(server, from, to);

    await runSegments(pair.changed.connection, await pair.plan());

    const { connection } = pair.changed;
    const insert = `insert into booking (room, during) values (1, '[9000,9001)') returning id::text, code::text`;
    expect((await connection.run({ sql: insert }, [])).rows).toEqual([['3007', '3001']]);
    await connection.script('delete from room where id = 2; delete from booking where id = 8');
    const left = `select (select count(*) from booking where room = 2)::text, (select count(*) from guest)::text`;
    expect((await connection.run({ sql: left }, [])).rows).toEqual([['0', '0']]);
  });

  test.each([
    ['its policies bind its owner', 'alter table t force row level security;', /policies hide its rows/],
    ['a materialized view stands on it', 'create materialized view seen as select id from t;', /seen stands on it/],
    ['it refers to itself', 'alter table t add other int references t;', /t_other_fkey refers to itself/],
    ['its key may be broken for a while', 'alter table t add constraint u unique (n) deferrable;', /u may be broken/],
    ['it is inherited', 'create table below () inherits (t);', /shares its columns/],
    ['it is published', 'create publication p for table t;', /would not publish/],
  ])('is not where %s: the note of the plain statement says so', async (_title, more, reason) => {
    const table = (constraint: string): string =>
      `create table t (id int primary key, n int not null${constraint}); ${more} insert into t (id, n) values (1, 1);`;
    await using pair = await postgresPair(server, table(''), table(', constraint once exclude (n with =)'));

    const plan = await pair.plan();
    await pair.converge();

    expect(notesOf(plan)).toEqual([expect.stringMatching(reason) as string]);
    expect(await pair.plan()).toEqual([]);
  });

  test.each(Object.entries(changes))('changes places without a look at any row, %s', async (_why, [from, to]) => {
    await using pair = await postgresPair(server, from, to);
    const { connection } = pair.changed;
    const parts = segments(await pair.plan());
    const swap = parts.findIndex((part) => part.some(({ sql }) => sql.includes(' in access exclusive mode')));
    await runSegments(connection, parts.slice(0, swap).flat());

    const count = async (): Promise<number> => Number((await connection.run({ sql: rowsRead }, [])).rows[0]?.[0]);
    await connection.script('begin');
    const counts = [await count()];
    for (const { sql } of parts[swap] ?? []) {
      await connection.script(sql);
      counts.push(await count());
    }
    await connection.script('commit');

    expect(counts.length).toBeGreaterThan(5);
    expect(counts).toEqual(counts.toSorted((one, other) => other - one));
  });

  test('is begun anew where one was left behind, and takes what was left along', async () => {
    const [from, to] = changes['for an exclusion constraint on rows without a key'] ?? ['', ''];
    await using pair = await postgresPair(server, from, to);
    const plan = await pair.plan();
    const fill = plan.findIndex(({ sql }) => sql.startsWith('do $copy$'));

    await runSegments(pair.changed.connection, plan.slice(0, fill));
    await runSegments(pair.changed.connection, await pair.plan());

    expect(await pair.plan()).toEqual([]);
    expect(await rowsOf(pair)).toHaveLength(3_000);
  });
});

/** How many rows were read in tables that are there, not long before and since: fewer once a table is gone. */
const rowsRead = `select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::text from pg_stat_xact_user_tables`;

/** What the notes say that is about others who wait. */
function notesOf(plan: readonly DefinitionStatement[]): readonly string[] {
  return plan
    .flatMap(({ note }) => (note === undefined ? [] : [note]))
    .filter((note) => note.includes(' while nobody '));
}

/** The rows by their values, without what was added. */
async function rowsOf({ changed }: PostgresPair): Promise<readonly unknown[]> {
  const table = `select coalesce(to_regclass('booking'), to_regclass('bare'))::text`;
  const name = String((await changed.connection.run({ sql: table }, [])).rows[0]?.[0]);
  const columns = name === 'bare' ? 'a, b' : 'id, code, room, during, note, size';
  return (
    await changed.connection.run({ sql: `select concat_ws('|', ${columns}) from ${name} order by 1` }, [])
  ).rows.flat();
}
