import { test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { expectMadeChangedAndRemoved } from './postgres-pair.ts';

const functionOf = `nullif(x, 0)::oid::regproc::text`;
const named = (prefix: string, ...columns: readonly string[]): string =>
  columns.map((column) => functionOf.replace('x', `${prefix}${column}`)).join(', ');

const questions = [
  `select prsname, ${named('prs', 'start', 'token', 'end', 'headline', 'lextype')}, obj_description(oid, 'pg_ts_parser')
     from pg_ts_parser where oid >= 16384 order by 1`,
  `select tmplname, ${named('tmpl', 'init', 'lexize')} from pg_ts_template where oid >= 16384 order by 1`,
  `select f.opfname, m.amname, pg_get_userbyid(f.opfowner) from pg_opfamily f join pg_am m on m.oid = f.opfmethod where f.oid >= 16384 order by 1`,
  `select c.opcname, f.opfname, c.opcintype::regtype::text, c.opcdefault::text, c.opckeytype::regtype::text, obj_description(c.oid, 'pg_opclass')
     from pg_opclass c join pg_opfamily f on f.oid = c.opcfamily where c.oid >= 16384 order by 1`,
  `select f.opfname, a.amopstrategy::text, a.amopopr::regoperator::text, d.refclassid::regclass::text
     from pg_amop a join pg_opfamily f on f.oid = a.amopfamily join pg_depend d on d.objid = a.oid and d.refclassid in ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
    where f.oid >= 16384 order by 1, 2, 3`,
  `select f.opfname, a.amprocnum::text, a.amproc::oid::regprocedure::text, a.amproclefttype::regtype::text
     from pg_amproc a join pg_opfamily f on f.oid = a.amprocfamily where f.oid >= 16384 order by 1, 2, 3`,
  `select conname, conforencoding::text, contoencoding::text, conproc::oid::regproc::text, condefault::text, obj_description(oid, 'pg_conversion')
     from pg_conversion where oid >= 16384`,
  `select amname, amhandler::oid::regproc::text, amtype::text from pg_am where oid >= 16384`,
  `select lanname, lanpltrusted::text, ${named('lan', 'plcallfoid', 'inline', 'validator')}, lanacl::text from pg_language where oid >= 16384`,
  `select trftype::regtype::text, ${named('trf', 'fromsql', 'tosql')} from pg_transform`,
  `select typname, typisdefined::text, typlen::text, typbyval::text, typalign::text, typstorage::text, typcategory::text, typdefault, typdelim::text,
      typinput::text, typoutput::text, pg_get_userbyid(typowner), obj_description(oid, 'pg_type')
     from pg_type where oid >= 16384 and typname in ('word', 'promise') order by 1`,
  `select oid::regprocedure::text, obj_description(oid, 'pg_proc') from pg_proc where pronamespace = 'public'::regnamespace order by 1`,
  `select relname, amname from pg_class c join pg_am a on a.oid = c.relam where relname = 'book'`,
];

const handlers = `
  create function keep(internal) returns table_am_handler language internal as 'heap_tableam_handler';
  create function speak() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler'`;
const small = `${handlers};
  create text search parser words (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
  create text search template plain (lexize = dsimple_lexize);
  create text search dictionary simply (template = plain);
  create operator family near using btree;
  create operator class backwards for type int using btree as operator 1 >, operator 3 =, function 1 btint4cmp(int, int);
  create conversion latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
  create access method heaped type table handler keep;
  create table book (id int) using heaped;
  create index book_id on book (id backwards)`;
const large = `${handlers};
  create text search parser words (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
  comment on text search parser words is 'all of them';
  create text search configuration mine (parser = words);
  create text search template plain (init = dsimple_init, lexize = dsimple_lexize);
  create text search dictionary simply (template = plain);
  create operator family near using btree;
  alter operator family near using btree add operator 1 < (int, bigint), operator 5 > (int, bigint), function 1 (int, bigint) btint48cmp(int, bigint);
  create operator class backwards default for type point using btree family near as operator 3 ~= (point, point);
  create operator class kept for type text using gin as storage text, function 1 bttextcmp(text, text), function 2 gin_extract_tsvector(tsvector, internal, internal);
  comment on operator class backwards using btree is 'not forwards';
  create default conversion latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
  comment on conversion latin is 'west';
  create trusted language speech handler speak; revoke usage on language speech from public;
  create function taken(internal) returns internal language internal immutable as 'textsend';
  create transform for int language speech (from sql with function taken(internal));
  create table book (id int);
  create type promise; create type word;
  create function word_in(cstring) returns word language internal immutable strict as 'textin';
  create function word_out(word) returns cstring language internal immutable strict as 'textout';
  comment on function word_in(cstring) is 'reads';
  create type word (input = word_in, output = word_out, internallength = variable, category = 'S', default = 'none', delimiter = ';', collatable = true);
  comment on type word is 'one of many';
  create function twice(word) returns word language sql as 'select $1';
  create table said (what word not null, all_of_it word[])`;

describeServers(['postgresql-15', 'postgresql-18'], 'what extends the server', (server) => {
  test('is made, changed and removed', async () => {
    await expectMadeChangedAndRemoved(server, [small, large], { questions });
  });
});
