import { notOfExtension } from './scope.ts';

/**
 * One query for each kind of object without a model. Each gives the columns of `RawRow`; names in the SQL are printed by
 * the server, without the default namespace, so that the text can be run in another database.
 */
export const rawQueries: readonly string[] = [
  extensions(),
  domains(),
  compositeTypes(),
  rangeTypes(),
  collations(),
  routines(),
  aggregates(),
  triggers(),
  rules(),
  policies(),
  statistics(),
  eventTriggers(),
  others(),
];

function extensions(): string {
  return `
select 'pg_extension' as "catalog", e.oid as "id", 'extension' as "type", null as "namespace", e.extname as "name",
  null as "relation", format('create extension if not exists %I', e.extname)
    || case when e.extrelocatable and n.nspname <> current_schema() then format(' schema %I', n.nspname) else '' end as "create",
  format('drop extension %I', e.extname) as "drop"
from pg_extension e join pg_namespace n on n.oid = e.extnamespace
where e.extname <> 'plpgsql' and $1::text[] is not null
order by e.extname collate "C"`;
}

function domains(): string {
  return `
select 'pg_type' as "catalog", t.oid as "id", 'domain' as "type", n.nspname as "namespace", t.typname as "name",
  null as "relation", format('create domain %s as %s', format_type(t.oid, null), format_type(t.typbasetype, t.typtypmod))
    || case when t.typcollation <> b.typcollation then format(' collate %I', co.collname) else '' end
    || coalesce(' default ' || pg_get_expr(t.typdefaultbin, 0), '')
    || case when t.typnotnull then ' not null' else '' end
    || coalesce((select string_agg(format(' constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.conname collate "C")
      from pg_constraint k where k.contypid = t.oid and k.contype = 'c'), '') as "create",
  format('drop domain %s', format_type(t.oid, null)) as "drop"
from pg_type t join pg_namespace n on n.oid = t.typnamespace
join pg_type b on b.oid = t.typbasetype left join pg_collation co on co.oid = t.typcollation
where n.nspname = any($1::text[]) and t.typtype = 'd' and ${notOfExtension('pg_type', 't.oid')}
order by n.nspname collate "C", t.typname collate "C"`;
}

function compositeTypes(): string {
  return `
select 'pg_type' as "catalog", t.oid as "id", 'type' as "type", n.nspname as "namespace", t.typname as "name",
  null as "relation", format('create type %s as (%s)', format_type(t.oid, null),
    (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
      from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)) as "create",
  format('drop type %s', format_type(t.oid, null)) as "drop"
from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
where n.nspname = any($1::text[]) and t.typtype = 'c' and ${notOfExtension('pg_type', 't.oid')}
order by n.nspname collate "C", t.typname collate "C"`;
}

function rangeTypes(): string {
  return `
select 'pg_type' as "catalog", t.oid as "id", 'type' as "type", n.nspname as "namespace", t.typname as "name",
  null as "relation", format('create type %s as range (subtype = %s', format_type(t.oid, null), format_type(r.rngsubtype, null))
    || case when not o.opcdefault then format(', subtype_opclass = %I', o.opcname) else '' end
    || case when r.rngcollation <> s.typcollation then format(', collation = %I', co.collname) else '' end
    || case when r.rngsubdiff <> 0 then format(', subtype_diff = %s', r.rngsubdiff::regproc) else '' end
    || format(', multirange_type_name = %s)', format_type(r.rngmultitypid, null)) as "create",
  format('drop type %s', format_type(t.oid, null)) as "drop"
from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace
join pg_type s on s.oid = r.rngsubtype join pg_opclass o on o.oid = r.rngsubopc
left join pg_collation co on co.oid = r.rngcollation
where n.nspname = any($1::text[]) and ${notOfExtension('pg_type', 't.oid')}
order by n.nspname collate "C", t.typname collate "C"`;
}

/** The locale's column has another name in each version: read by way of JSON. */
function collations(): string {
  return `
select 'pg_collation' as "catalog", c.oid as "id", 'collation' as "type", n.nspname as "namespace", c.collname as "name",
  null as "relation", format('create collation %s (provider = %s, %s, deterministic = %s)', c.oid::regcollation,
    case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
    case c.collprovider when 'c' then format('lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype)
      else format('locale = %L', coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale')) end
      || coalesce(', rules = ' || quote_literal(to_jsonb(c) ->> 'collicurules'), ''),
    c.collisdeterministic::text) as "create",
  format('drop collation %s', c.oid::regcollation) as "drop"
from pg_collation c join pg_namespace n on n.oid = c.collnamespace
where n.nspname = any($1::text[]) and ${notOfExtension('pg_collation', 'c.oid')}
order by n.nspname collate "C", c.collname collate "C"`;
}

/**
 * Bodies written as text are not checked when made again: they may call what is made later. What the server stored
 * once was checked then.
 */
function routines(): string {
  return `
select 'pg_proc' as "catalog", p.oid as "id", case p.prokind when 'p' then 'procedure' else 'function' end as "type",
  n.nspname as "namespace", p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as "name", null as "relation",
  case when p.prosqlbody is null and l.lanname in ('sql', 'plpgsql') then 'set local check_function_bodies = off;' || chr(10) else '' end
    || pg_get_functiondef(p.oid) as "create",
  format('drop %s %s', case p.prokind when 'p' then 'procedure' else 'function' end, p.oid::regprocedure) as "drop"
from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
where n.nspname = any($1::text[]) and p.prokind <> 'a' and ${notOfExtension('pg_proc', 'p.oid')}
  and not exists (select from pg_range r join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid
    and d.refclassid = 'pg_type'::regclass and d.refobjid in (r.rngtypid, r.rngmultitypid) and d.deptype = 'i')
order by n.nspname collate "C", p.oid::regprocedure::text collate "C"`;
}

function aggregates(): string {
  const option = (name: string, column: string): string =>
    `case when ${column} <> 0 then ', ${name} = ' || ${column}::regproc else '' end`;
  return `
select 'pg_proc' as "catalog", p.oid as "id", 'aggregate' as "type", n.nspname as "namespace",
  p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as "name", null as "relation",
  format('create aggregate %s(%s) (sfunc = %s, stype = %s', p.oid::regproc,
      coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'), a.aggtransfn::regproc, format_type(a.aggtranstype, null))
    || case when a.aggtransspace <> 0 then ', sspace = ' || a.aggtransspace else '' end
    || ${option('finalfunc', 'a.aggfinalfn')} || case when a.aggfinalextra then ', finalfunc_extra' else '' end
    || ${option('combinefunc', 'a.aggcombinefn')} || ${option('serialfunc', 'a.aggserialfn')}
    || ${option('deserialfunc', 'a.aggdeserialfn')} || coalesce(', initcond = ' || quote_literal(a.agginitval), '')
    || ${option('msfunc', 'a.aggmtransfn')} || ${option('minvfunc', 'a.aggminvtransfn')}
    || case when a.aggmtranstype <> 0 then ', mstype = ' || format_type(a.aggmtranstype, null) else '' end
    || ${option('mfinalfunc', 'a.aggmfinalfn')} || coalesce(', minitcond = ' || quote_literal(a.aggminitval), '')
    || case when a.aggsortop <> 0 then ', sortop = operator(' || a.aggsortop::regoper || ')' else '' end
    || case p.proparallel when 's' then ', parallel = safe' when 'r' then ', parallel = restricted' else '' end
    || case when a.aggkind = 'h' then ', hypothetical' else '' end || ')' as "create",
  format('drop aggregate %s(%s)', p.oid::regproc, coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*')) as "drop"
from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_namespace n on n.oid = p.pronamespace
where n.nspname = any($1::text[]) and ${notOfExtension('pg_proc', 'p.oid')}
order by n.nspname collate "C", p.oid::regprocedure::text collate "C"`;
}

function triggers(): string {
  return `
select 'pg_trigger' as "catalog", t.oid as "id", 'trigger' as "type", null as "namespace", t.tgname as "name",
  t.tgrelid as "relation", pg_get_triggerdef(t.oid, true) || ${firing('t.tgenabled', 't.tgrelid', 't.tgname', 'trigger')} as "create",
  format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass) as "drop"
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1::text[]) and not t.tgisinternal and t.tgparentid = 0
order by t.tgrelid::regclass::text collate "C", t.tgname collate "C"`;
}

function rules(): string {
  return `
select 'pg_rewrite' as "catalog", r.oid as "id", 'rule' as "type", null as "namespace", r.rulename as "name",
  r.ev_class as "relation",
  rtrim(pg_get_ruledef(r.oid, true), ';') || ${firing('r.ev_enabled', 'r.ev_class', 'r.rulename', 'rule')} as "create",
  format('drop rule %I on %s', r.rulename, r.ev_class::regclass) as "drop"
from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1::text[]) and r.rulename <> '_RETURN'
order by r.ev_class::regclass::text collate "C", r.rulename collate "C"`;
}

/** A trigger or rule that does not fire in the ordinary way is made and then switched. */
function firing(enabled: string, relation: string, name: string, type: string): string {
  return `case when ${enabled} = 'O' then '' else format(';%salter table %s %s ${type} %I', chr(10), ${relation}::regclass,
    case ${enabled} when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, ${name}) end`;
}

function policies(): string {
  return `
select 'pg_policy' as "catalog", p.oid as "id", 'policy' as "type", null as "namespace", p.polname as "name",
  p.polrelid as "relation", format('create policy %I on %s as %s for %s to %s', p.polname, p.polrelid::regclass,
    case when p.polpermissive then 'permissive' else 'restrictive' end,
    case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    (select string_agg(case u.role when 0 then 'public' else u.role::regrole::text end, ', ' order by u.place)
      from unnest(p.polroles) with ordinality u (role, place)))
    || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
    || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') as "create",
  format('drop policy %I on %s', p.polname, p.polrelid::regclass) as "drop"
from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any($1::text[])
order by p.polrelid::regclass::text collate "C", p.polname collate "C"`;
}

function statistics(): string {
  return `
select 'pg_statistic_ext' as "catalog", s.oid as "id", 'statistics' as "type", n.nspname as "namespace", s.stxname as "name",
  null as "relation", pg_get_statisticsobjdef(s.oid)
    || case when s.stxstattarget >= 0 then format(';%salter statistics %I.%I set statistics %s', chr(10), n.nspname, s.stxname, s.stxstattarget)
      else '' end as "create",
  format('drop statistics %I.%I', n.nspname, s.stxname) as "drop"
from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
where n.nspname = any($1::text[]) and ${notOfExtension('pg_statistic_ext', 's.oid')}
order by n.nspname collate "C", s.stxname collate "C"`;
}

function eventTriggers(): string {
  return `
select 'pg_event_trigger' as "catalog", e.oid as "id", 'event trigger' as "type", null as "namespace", e.evtname as "name",
  null as "relation", format('create event trigger %I on %s%s execute function %s()', e.evtname, e.evtevent,
    (select ' when tag in (' || string_agg(quote_literal(tag), ', ') || ')' from unnest(e.evttags) tag), e.evtfoid::regproc)
    || case e.evtenabled when 'O' then '' else format(';%salter event trigger %I %s', chr(10), e.evtname,
      case e.evtenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end) end as "create",
  format('drop event trigger %I', e.evtname) as "drop"
from pg_event_trigger e
where $1::text[] is not null and ${notOfExtension('pg_event_trigger', 'e.oid')}
order by e.evtname collate "C"`;
}

/** What the server cannot print: reported by name, so that nobody believes the copy to be complete. */
function others(): string {
  const inNamespace = (catalog: string, namespace: string): string =>
    `select '${catalog}', o.oid from ${catalog} o join pg_namespace n on n.oid = o.${namespace} where n.nspname = any($1::text[])`;
  const inDatabase = (catalog: string): string => `select '${catalog}', o.oid from ${catalog} o where o.oid >= 16384`;
  const catalogs = [
    inNamespace('pg_operator', 'oprnamespace'),
    inNamespace('pg_opclass', 'opcnamespace'),
    inNamespace('pg_opfamily', 'opfnamespace'),
    inNamespace('pg_conversion', 'connamespace'),
    inNamespace('pg_ts_config', 'cfgnamespace'),
    inNamespace('pg_ts_dict', 'dictnamespace'),
    inNamespace('pg_ts_parser', 'prsnamespace'),
    inNamespace('pg_ts_template', 'tmplnamespace'),
    `${inNamespace('pg_type', 'typnamespace')} and o.typtype = 'b' and o.typelem = 0`,
    `${inNamespace('pg_class', 'relnamespace')} and o.relkind = 'f'`,
    ...['pg_cast', 'pg_language', 'pg_transform', 'pg_am', 'pg_foreign_data_wrapper', 'pg_foreign_server'].map(
      inDatabase,
    ),
    inDatabase('pg_publication'),
  ];
  return `
select o.catalog as "catalog", o.id as "id", i.type as "type", null as "namespace", i.identity as "name", null as "relation",
  null as "create", format('drop %s %s', i.type, i.identity) as "drop"
from (${catalogs.join('\n  union all ')}) o (catalog, id)
cross join lateral pg_identify_object(o.catalog::regclass, o.id, 0) i
where not exists (select from pg_depend member where member.classid = o.catalog::regclass and member.objid = o.id
  and member.deptype in ('e', 'i'))
order by i.type, i.identity collate "C"`;
}
