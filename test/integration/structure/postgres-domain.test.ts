import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const shown = `select format_type(t.typbasetype, t.typtypmod), t.typdefault, t.typnotnull, k.conname, pg_get_constraintdef(k.oid)
  from pg_type t left join pg_constraint k on k.contypid = t.oid and k.contype = 'c' where t.typname = 'age' order by 4`;

describeServers(['postgresql'], 'a domain', (server) => {
  test('changes its default, its null and its checks in place', async () => {
    const table = 'create table person (age age); insert into person values (3);';
    await using pair = await postgresPair(
      server,
      `create domain age as int default 1 constraint young check (value < 200); ${table}`,
      `create domain age as int default 2 not null constraint old check (value > 0) constraint young check (value < 150); ${table}`,
    );

    await pair.converge();

    const found = await pair.ask(shown);
    expect(found.changed).toEqual(found.wanted);
    expect(await pair.plan()).toEqual([]);
  });

  test('gets another base type while the rows stay, lists of it too', async () => {
    const rest = 'create table person (age age, past age[]); create view ages as select age from person;';
    await using pair = await postgresPair(
      server,
      `create domain age as int constraint old check (value > 0); ${rest} insert into person values (3, '{1,2}')`,
      `create domain age as bigint constraint old check (value > 0); ${rest}`,
    );

    await pair.converge();

    const found = await pair.ask(shown);
    expect(found.changed).toEqual(found.wanted);
    const { rows } = await pair.changed.connection.run(
      { sql: 'select age::text, past::text from person join ages using (age)' },
      [],
    );
    expect(rows).toEqual([['3', '{1,2}']]);
    expect(await pair.plan()).toEqual([]);
  });
});
