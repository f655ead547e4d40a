import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { expectMadeChangedAndRemoved, postgresPair } from './postgres-pair.ts';

const question = `
  select subname, subconninfo, subslotname, subbinary::text, subsynccommit, array_to_string(subpublications, ','),
    to_jsonb(s) ->> 'substream', to_jsonb(s) ->> 'subdisableonerr', to_jsonb(s) ->> 'suborigin', obj_description(oid, 'pg_subscription')
  from pg_subscription s where subdbid = (select oid from pg_database where datname = current_database())`;

const subscription = (connection: string, publications: string, options: string): string =>
  `create subscription books connection '${connection}' publication ${publications} with (connect = false, ${options})`;
const small = subscription('host=far dbname=shop', 'books', 'slot_name = none');
const large = `
  ${subscription('host=near', 'books, "Other"', `slot_name = 'place', binary, streaming, disable_on_error, synchronous_commit = 'local'`)};
  comment on subscription books is 'from there'`;

describeServers(['postgresql-15', 'postgresql-18'], 'a subscription', (server) => {
  test('is made, changed and removed, and the other server is not asked', async () => {
    await expectMadeChangedAndRemoved(server, [small, large], { questions: [question], forget });
  });

  test('says what is left to do on the other server', async () => {
    await using gone = await postgresPair(server, large, '');

    const notes = (await gone.plan()).flatMap(({ note }) => note ?? []);

    expect(notes).toEqual(['the slot place stays on the other server: drop it there']);
    await gone.changed.connection.script(forget);
  });

  test('never has a password in its plan: it is refused by name', async () => {
    const secret = (password: string): string =>
      subscription(`host=far password=${password}`, 'books', 'slot_name = none');
    const refusal = expect.objectContaining({
      code: 'PLAN_REFUSED',
      message: expect.not.stringContaining('planted'),
    });
    await using made = await postgresPair(server, '', secret('planted'));
    await using changed = await postgresPair(server, secret('planted-old'), secret('planted-new'));

    await expect(made.plan()).rejects.toEqual(refusal);
    await expect(changed.plan()).rejects.toEqual(refusal);
    for (const { connection } of [made.wanted, changed.changed, changed.wanted]) await connection.script(forget);
  });

  test('is refused when it is defined in two ways, to whoever may not read how it connects', async () => {
    await using same = await postgresPair(server, small, small);
    await using different = await postgresPair(server, small, large);
    const all = [same, different].flatMap(({ changed, wanted }) => [changed.connection, wanted.connection]);
    for (const connection of all) await connection.script('set role pg_monitor');

    expect(await same.plan()).toEqual([]);
    await expect(different.plan()).rejects.toMatchObject({
      code: 'PLAN_REFUSED',
      details: { object: 'subscription books' },
    });
    for (const connection of all) await connection.script(`reset role; ${forget}`);
  });
});

/** A database with a subscription cannot be dropped. */
const forget = `
  do $$ begin
    if exists (select from pg_subscription s where subdbid = (select oid from pg_database where datname = current_database())) then
      alter subscription books set (slot_name = none);
      drop subscription books;
    end if;
  end $$`;
