import type { Change } from '../../../src/catalog/change/change.ts';
import { mentionsWord } from '../../../src/catalog/change/mentions.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { displayName, type ObjectName } from '../../../src/catalog/model/object-name.ts';
import type { RawObject } from '../../../src/catalog/model/raw-object.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { domain } from '../../../src/schema/managed/domain.ts';
import { exclusion } from '../../../src/schema/managed/exclusion.ts';
import { extension } from '../../../src/schema/managed/extension.ts';
import { grant } from '../../../src/schema/managed/grant.ts';
import { policy } from '../../../src/schema/managed/policy.ts';
import { sqlFunction } from '../../../src/schema/managed/sql-function.ts';
import { trigger } from '../../../src/schema/managed/trigger.ts';
import type { TableLike } from '../../../src/schema/managed/table-name.ts';
import { rawDefinition, rawObject, type RawDefinition } from '../../../src/schema/raw-object.ts';
import { table as defineTable } from '../../../src/schema/table/table.ts';
import { id, sql } from '../../../src/sql/sql.ts';
import { isPlain } from './random-column.ts';
import type { Chance } from './random-member.ts';

/** Makes something that the catalog keeps as SQL, with what it needs. */
export function createRaw(given: Chance, catalog: Catalog): readonly Change[] {
  const table = given.pick(catalog.tables);
  const column = given.pick(table?.columns.filter(isPlain) ?? []);
  if (table === undefined || column === undefined) return [];
  const make = given.pick(makers);
  return (make?.(given, { table, like: likeOf(table), column: column.name }) ?? []).map((made): Change => {
    return { kind: 'create-raw', object: made[rawDefinition] };
  });
}

interface Place {
  readonly table: Table;
  readonly like: TableLike;
  readonly column: string;
}

/** The made names are plain: in the text of an object no engine needs quotes around them. */
const makers: readonly ((given: Chance, place: Place) => readonly RawDefinition[])[] = [
  ({ name, random }) => [plainFunction(name('fn'), random(90))],
  ({ name }, { table, column }) => {
    const own = name('fn');
    const query = `select max(${column} is not null) from ${displayName(table)}`;
    return [
      sqlFunction(own, {
        requires: [nameOnly(table)],
        create: {
          postgresql: `create or replace function ${own}() returns bigint language sql as $$ select count(${column}) from ${displayName(table)} $$`,
          mysql: `create function ${own}() returns int reads sql data return (${query})`,
          mariadb: `create or replace function ${own}() returns int reads sql data return (${query})`,
        },
      }),
    ];
  },
  ({ name }, { table, like, column }) => {
    const [own, body] = [name('g'), name('fn')];
    const event = `after insert on ${displayName(table)}`;
    const called = sqlFunction(body, {
      create: {
        postgresql: `create or replace function ${body}() returns trigger language plpgsql as $$ begin return new; end $$`,
      },
    });
    const made = trigger(own, like, {
      create: {
        postgresql: `create trigger ${own} before update of ${column} on ${displayName(table)} for each row when (new.${column} is null) execute function ${body}()`,
        mysql: `create trigger ${own} ${event} for each row set @seen = new.${column} is null`,
        mariadb: `create trigger ${own} ${event} for each row set @seen = new.${column} is null`,
        sqlite: `create trigger ${own} ${event} begin select new.${column}; end`,
      },
    });
    return [called, made];
  },
  ({ name }, { like, column }) => [policy(name('p'), like, { using: sql`${id(column)} is not null` })],
  ({ name }, { like, table }) => {
    const whole = table.columns.find((each) => isPlain(each) && each.type.kind === 'integer' && each.name === 'id');
    return whole === undefined ? [] : [exclusion(name('x'), like, sql`using btree (${id(whole.name)} with =)`)];
  },
  (_, { like }) => [grant(['select', 'update'], like, 'pg_monitor')],
  ({ random }) => (random(3) === 0 ? [extension('citext')] : []),
  ({ name }) => [domain(name('d'), 'integer', { check: sql`value > -100` })],
  ({ name }, { table, column }) => {
    const own = name('w');
    const create = `create view ${own} as select ${column} from ${displayName(table)}`;
    const drop = `drop view ${own}`;
    const everywhere = (text: string): Readonly<Record<string, string>> => ({
      postgresql: text,
      mysql: text,
      mariadb: text,
      sqlite: text,
    });
    return [rawObject({ type: 'view', name: own, create: everywhere(create), drop: everywhere(drop) })];
  },
];

/** Changes or drops something that is kept as SQL. */
export function alterRaw(given: Chance, catalog: Catalog): Change | undefined {
  const object = given.pick(catalog.raw.filter((each) => !isUsed(each, catalog)));
  if (object === undefined) return undefined;
  const isNumbered = object.type === 'function' && object.table === undefined && object.requires === undefined;
  const isPlainFunction = isNumbered && Object.values(object.create).some((text) => text.includes('n + '));
  return isPlainFunction && given.random(2) === 0
    ? { kind: 'alter-raw', object: plainFunction(object.name, given.random(90))[rawDefinition] }
    : { kind: 'drop-raw', object };
}

/** Does anything of the catalog speak of the object? */
function isUsed({ type, name }: RawObject, { tables, raw }: Catalog): boolean {
  const isType = type === 'domain' && JSON.stringify(tables).includes(`"${name}"`);
  return isType || raw.some((other) => other.name !== name && textsOf(other).some((text) => mentionsWord(text, name)));
}

/** Does the text of something kept as SQL say this name? */
export function isSaidInSql(name: string, raw: Catalog['raw']): boolean {
  return raw.some((object) => object.table === name || textsOf(object).some((text) => mentionsWord(text, name)));
}

function textsOf({ create }: RawObject): readonly string[] {
  return Object.values(create);
}

function plainFunction(own: string, added: number): RawDefinition {
  const body = `function ${own}(n int) returns int deterministic no sql return n + ${added}`;
  return sqlFunction(own, {
    create: {
      postgresql: `create or replace function ${own}(n integer) returns integer language sql as $$ select n + ${added} $$`,
      mysql: `create ${body}`,
      mariadb: `create or replace ${body}`,
    },
  });
}

/** A table as a schema defines it, for its name. */
function likeOf({ namespace, name }: Table): TableLike {
  return namespace === undefined ? name : defineTable(name, { id: integer() }, () => [], { namespace });
}

function nameOnly({ namespace, name }: Table): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}
