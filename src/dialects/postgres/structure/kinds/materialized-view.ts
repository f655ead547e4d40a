import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row extends Attributes {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
}

interface Attributes {
  readonly definition: string;
  readonly columns: readonly string[];
  readonly options: readonly string[];
  readonly method: string;
  readonly tablespace: string | null;
  readonly populated: boolean;
  /** What was set on single columns, as the end of an `alter column`. */
  readonly settings: readonly string[];
}

/** Materialized views. Their rows can be made again, so a changed definition makes a new one. */
export const materializedViews: Kind = {
  kind: 'materialized view',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, ...attributes }) => ({
      kind: 'materialized view',
      id: idOf('materialized view', schema, name),
      attributes: { ...attributes },
      requires: [],
      notes: { name: quoted(schema, name), relation: relationName(schema, name) },
      addresses: [address],
    }));
  },
  rules: {
    create,
    drop: (fact) => [step(`drop materialized view ${noteOf(fact, 'name')}`, { segment: 'start' })],
    alter,
    occupies: (fact) => noteOf(fact, 'relation'),
    rank: 10,
  },
};

function create(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { definition, options, method, tablespace, populated, settings } = attributesOf<Attributes>(fact);
  const parts = [
    `create materialized view ${noteOf(fact, 'name')} using ${quoted(method)}`,
    ...(options.length === 0 ? [] : [`with (${options.join(', ')})`]),
    ...(tablespace === null ? [] : [`tablespace ${quoted(tablespace)}`]),
    `as\n${definition}\nwith ${populated ? '' : 'no '}data`,
  ];
  return [
    step(parts.join(' '), readsChanged(fact, context) ? { segment: 'start' } : {}),
    ...settings.map((setting) => change(fact, `alter column ${setting}`)),
  ];
}

/** True: something that it reads changes in the same plan, and must not stay locked while it is read. */
function readsChanged({ requires }: Fact, { from, to, safe }: PlanContext): boolean {
  const isSame = (id: string): boolean =>
    JSON.stringify(from.facts.get(id)?.attributes) === JSON.stringify(to.facts.get(id)?.attributes);
  return safe === 'online' && !requires.every(isSame);
}

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  const isSame = (...names: readonly (keyof Attributes)[]): boolean =>
    names.every((name) => JSON.stringify(before[name]) === JSON.stringify(after[name]));
  if (!isSame('definition', 'columns', 'settings')) return { how: 'replace' };
  const names = (options: readonly string[]): readonly string[] => options.map((option) => option.replace(/=.*$/s, ''));
  const gone = names(before.options).filter((name) => !names(after.options).includes(name));
  const set = after.options.filter((option) => !before.options.includes(option));
  return {
    how: 'in-place',
    steps: [
      ...(isSame('method') ? [] : [change(to, `set access method ${quoted(after.method)}`)]),
      ...(isSame('tablespace') ? [] : [change(to, `set tablespace ${quoted(after.tablespace ?? 'pg_default')}`)]),
      ...(gone.length === 0 ? [] : [change(to, `reset (${gone.join(', ')})`)]),
      ...(set.length === 0 ? [] : [change(to, `set (${set.join(', ')})`)]),
      ...(isSame('populated') ? [] : [refresh(to, after.populated)]),
    ],
  };
}

function refresh(fact: Fact, populated: boolean): DefinitionStatement {
  return step(`refresh materialized view ${noteOf(fact, 'name')}${populated ? '' : ' with no data'}`, {
    segment: 'start',
    repeatable: true,
  });
}

function change(fact: Fact, sql: string): DefinitionStatement {
  return step(`alter materialized view ${noteOf(fact, 'name')} ${sql}`);
}

const query = `
select 'pg_class/' || c.oid || '/0' as "address", n.nspname as "schema", c.relname as "name",
  rtrim(pg_get_viewdef(c.oid), ';') as "definition",
  array(select concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), nullif(a.attcollation, 0)::regcollation)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as "columns",
  array(select o from unnest(c.reloptions) o order by o) as "options", m.amname as "method", s.spcname as "tablespace",
  c.relispopulated as "populated",
  array(select quote_ident(a.attname) || setting from pg_attribute a join pg_type t on t.oid = a.atttypid,
      lateral unnest(array[
        case when coalesce(a.attstattarget, -1) >= 0 then ' set statistics ' || a.attstattarget end,
        case when a.attstorage <> t.typstorage then ' set storage ' || case a.attstorage when 'p' then 'plain'
          when 'e' then 'external' when 'm' then 'main' else 'extended' end end,
        case a.attcompression when 'p' then ' set compression pglz' when 'l' then ' set compression lz4' end,
        ' set (' || (select string_agg(o, ', ' order by o) from unnest(a.attoptions) o where o not like 'pg\\_attver=%') || ')']) setting
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and setting is not null
    order by a.attnum, setting) as "settings"
from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_am m on m.oid = c.relam
left join pg_tablespace s on s.oid = c.reltablespace
where c.relkind = 'm' and ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_class', 'c.oid')}`;
