import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { postgresPair } from './postgres-pair.ts';

const objects = `
  create table person (id int primary key, name text);
  create function touch() returns trigger language plpgsql as 'begin return new; end';
  create function watch() returns event_trigger language plpgsql as 'begin end';`;
const shown = `
  select pg_get_triggerdef(oid), tgenabled::text from pg_trigger where not tgisinternal
  union all select pg_get_ruledef(oid), ev_enabled::text from pg_rewrite where rulename <> '_RETURN' and oid >= 16384
  union all select evtname || evtevent || coalesce(evttags::text, ''), evtenabled::text from pg_event_trigger
  union all select concat_ws('|', polname, polpermissive, polcmd, polroles::regrole[], pg_get_expr(polqual, polrelid),
    pg_get_expr(polwithcheck, polrelid)), '' from pg_policy order by 1`;

describeServers(['postgresql'], 'a trigger, a rule or a policy', (server) => {
  test('is made, changed in place or anew, switched and taken back', async () => {
    const before = `${objects}
      create trigger plain before insert on person for each row execute function touch();
      create constraint trigger late after insert on person deferrable for each row execute function touch();
      create rule quiet as on delete to person do instead nothing;
      create policy own on person for select to pg_monitor using (id > 0);
      create policy other on person with check (true);
      create event trigger watched on ddl_command_end execute function watch();`;
    const after = `${objects}
      create trigger plain after update on person referencing old table as gone for each statement execute function touch();
      create constraint trigger late after insert on person deferrable initially deferred for each row execute function touch();
      create rule quiet as on delete to person where old.id > 1 do instead nothing;
      create policy own on person for select to pg_monitor, pg_read_all_stats using (id > 1);
      create policy other on person as restrictive for update using (id > 2);
      create event trigger watched on ddl_command_end when tag in ('CREATE TABLE') execute function watch();
      alter table person enable always trigger plain, disable rule quiet; alter event trigger watched disable;`;
    await using there = await postgresPair(server, before, after);
    await using back = await postgresPair(server, after, before);

    for (const pair of [there, back]) {
      await pair.converge();
      const found = await pair.ask(shown);
      expect(found.changed).toHaveLength(6);
      expect(found.changed).toEqual(found.wanted);
      expect(await pair.plan()).toEqual([]);
    }
  });

  test('is in nobody’s way when it allows no more commands: it goes first and comes last', async () => {
    const create = (name: string): string => `
      create table ${name} (id int);
      create function forbid_${name}() returns event_trigger language plpgsql as $$ begin raise '% is forbidden', tg_tag; end $$;
      create event trigger guard_${name} on ddl_command_start execute function forbid_${name}();
      comment on event trigger guard_${name} is 'nothing more'`;
    await using pair = await postgresPair(server, create('one'), create('two'));

    await pair.converge();

    const found = await pair.ask(shown);
    expect(found.changed).toEqual(found.wanted);
    expect(await pair.plan()).toEqual([]);
  });

  test('on events keeps the order in which its tags were given, which is no difference', async () => {
    const watch = `create function watch() returns event_trigger language plpgsql as 'begin end';`;
    const create = (tags: string): string =>
      `${watch} create event trigger watched on ddl_command_end when tag in (${tags}) execute function watch()`;
    await using made = await postgresPair(server, watch, create(`'DROP TABLE', 'ALTER TABLE'`));
    await using same = await postgresPair(
      server,
      create(`'ALTER TABLE', 'DROP TABLE'`),
      create(`'DROP TABLE', 'ALTER TABLE'`),
    );

    await made.converge();

    const { changed, wanted } = await made.ask('select evtname, evttags::text from pg_event_trigger');
    expect(changed).toEqual(wanted);
    expect(await same.plan()).toEqual([]);
  });
});
