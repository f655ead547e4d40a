import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const comments = `select i.type, i.identity, d.description
  from pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i where d.objoid >= 16384 order by 1, 2`;
const objects = `
  create type mood as enum ('a'); create domain age as int constraint is_age check (value > 0);
  create type pair as (x int, y int); create sequence number; create schema other;
  create table person (id int constraint person_key primary key, name text, constraint is_positive check (id > 0));
  create index by_name on person (name); create statistics pairs on id, name from person;
  create view people as select id, name from person;
  create function touch() returns trigger language plpgsql as 'begin return new; end';
  create trigger touched before update on person for each row execute function touch();
  create rule quiet as on delete to people do instead nothing;
  create policy own on person using (id > 1); create aggregate total(int) (sfunc = int4pl, stype = int);`;
const said = `
  comment on type mood is 'a'; comment on domain age is 'b'; comment on constraint is_age on domain age is 'c';
  comment on column pair.x is 'd'; comment on sequence number is 'e'; comment on schema other is 'f';
  comment on column person.name is 'g''s \\'; comment on constraint person_key on person is 'h';
  comment on index person_key is 'i'; comment on constraint is_positive on person is 'j'; comment on index by_name is 'k';
  comment on statistics pairs is 'l'; comment on view people is 'm'; comment on column people.name is 'n';
  comment on function touch() is 'o'; comment on trigger touched on person is 'p'; comment on rule quiet on people is 'q';
  comment on policy own on person is 'r'; comment on aggregate total(int) is 's'; comment on table person is 't';`;

describeServers(['postgresql'], 'a comment', (server) => {
  test('on any kind of object is made, changed and taken back', async () => {
    await using there = await postgresPair(server, objects, `${objects} ${said}`);
    await using changed = await postgresPair(
      server,
      `${objects} ${said}`,
      `${objects} ${said.replaceAll(/ is '/g, ` is 'new `)}`,
    );
    await using back = await postgresPair(server, `${objects} ${said}`, objects);

    for (const pair of [there, changed, back]) {
      await pair.converge();
      const found = await pair.ask(comments);
      expect(found.changed).toEqual(found.wanted);
      expect(await pair.plan()).toEqual([]);
    }
    expect((await there.ask(comments)).changed).toHaveLength(20);
  });

  test.runIf(Number.parseInt(server.version, 10) >= 18)(
    'on what forbids nulls is made, changed and taken back',
    async () => {
      const create = `create domain age as int constraint has_age not null; create table person (id int constraint has_id not null, name text);
      alter table person add constraint has_name not null name not valid;`;
      const say = (
        word: string,
      ): string => `comment on constraint has_age on domain age is '${word} a'; comment on column person.id is '${word}';
      comment on constraint has_id on person is '${word} b'; comment on constraint has_name on person is '${word} c';`;
      await using there = await postgresPair(server, 'select 1', `${create} ${say('old')}`);
      await using changed = await postgresPair(server, `${create} ${say('old')}`, `${create} ${say('new')}`);
      await using back = await postgresPair(server, `${create} ${say('old')}`, create);

      for (const pair of [there, changed, back]) {
        await pair.converge();
        const found = await pair.ask(comments);
        expect(found.changed).toEqual(found.wanted);
        expect(await pair.plan()).toEqual([]);
      }
    },
  );
});
