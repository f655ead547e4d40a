import { describe, expect, test } from 'vitest';
import { mysqlScript } from '../../../../src/dialects/mysql/script-syntax.ts';
import { postgresScript } from '../../../../src/dialects/postgres/script-syntax.ts';
import { sqliteScript } from '../../../../src/dialects/sqlite/script-syntax.ts';
import { splitStatements } from '../../../../src/migration/script/split-statements.ts';

/** What must come back as the statements that went in. */
function expectWhole(statements: readonly string[], syntax: Parameters<typeof splitStatements>[1]): void {
  expect(splitStatements(statements.map((one) => `${one};\n`).join(''), syntax)).toEqual(statements);
}

describe('a script is split where its statements end', () => {
  test('and not in constants, names and comments', () => {
    for (const syntax of [postgresScript, mysqlScript, sqliteScript]) {
      expectWhole(
        ["select 'a;b', 'it''s; so'", 'select "a;b"', 'select /* c; d */ 1', 'select 1 -- e; f\n, 2'],
        syntax,
      );
    }
  });

  test('without what is empty or a comment alone', () => {
    expect(splitStatements(';;\n-- only; words\n/* and; more */;select 1;;', postgresScript)).toEqual(['select 1']);
    expect(splitStatements('', sqliteScript)).toEqual([]);
    expect(splitStatements('\uFEFFselect 1', sqliteScript)).toEqual(['select 1']);
  });

  test('with the last one, although nothing ends it', () => {
    expect(splitStatements("select 1; select 'not finished; 2", postgresScript)).toEqual([
      'select 1',
      "select 'not finished; 2",
    ]);
  });

  test('and not in the body of a routine of PostgreSQL', () => {
    expectWhole(
      [
        'create function a() returns void language plpgsql as $$ begin perform 1; end $$',
        'create function b() returns text language sql as $body$ select $$;$$ $body$',
        'create or replace function c(n int) returns int begin atomic select case n when 1 then 2 end; select 3; end',
        "select E'\\';', a$1$ from t",
        'select /* outer /* inner; */ still; */ $1',
        'begin',
        'commit',
      ],
      postgresScript,
    );
  });

  test('and lines for the client alone are left out', () => {
    expect(splitStatements('\\restrict ab;c\nselect 1;\n\\unrestrict ab;c\n', postgresScript)).toEqual(['select 1']);
    expect(splitStatements('-- made for\n.bail on\nselect .5;\n', sqliteScript)).toEqual(['select .5']);
  });

  test('and not in the body of a routine of MySQL, which may have no delimiter lines', () => {
    expectWhole(
      [
        'create trigger a before insert on t for each row begin if new.n > 1 then set new.n = 1; elseif new.n then set @a = if(1, 2, 3); end if; end',
        'create trigger b after delete on t for each row if old.n then set @a = 1; end if',
        'create definer=`root`@`%` procedure c() begin declare x int; one: loop set x = case x when 1 then 2 end; leave one; end loop one; while x do set x = 0; end while; end',
        'create event d on schedule every 1 day do delete from t',
        'create procedure e() begin case 1 when 1 then select 1; end case; repeat set @a = 1; until @a end repeat; end',
        "select 'it\\'s; so', `a;b` # c; d\n, 2",
        'select 5--1',
      ],
      mysqlScript,
    );
  });

  test('where a delimiter line says it', () => {
    const script = "delimiter //\ncreate procedure a() begin select ';'; end//\nselect 1//\nDELIMITER ;\nselect 2;";

    expect(splitStatements(script, mysqlScript)).toEqual([
      "create procedure a() begin select ';'; end",
      'select 1',
      'select 2',
    ]);
  });

  test('and what MySQL reads in a comment is a statement', () => {
    expect(splitStatements('/*!40101 set names utf8mb4 */;', mysqlScript)).toEqual(['/*!40101 set names utf8mb4 */']);
  });

  test('and not in the body of a trigger of SQLite', () => {
    expectWhole(
      [
        'create table [a;b] (`c;d` text)',
        'create trigger a after insert on t begin update t set n = case n when 1 then 2 else 3 end; delete from u; end',
        'create temp trigger b after delete on t begin select 1; end',
        'begin',
        'commit',
      ],
      sqliteScript,
    );
  });
});
