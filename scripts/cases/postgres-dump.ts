import type { Line } from './line.ts';

/** A dump of `pg_dump -s` as a sorted list of its objects, the lines of a table sorted too. */
export function normalizedDump(dump: string): string {
  const text = dump
    .split('\n')
    .filter(
      (line) => !/^\\(?:un)?restrict /.test(line) && !/^-- (?:Dumped (?:from|by)|PostgreSQL database dump)/.test(line),
    )
    .join('\n');
  const objects = text.split(/^--\n(?=-- (?:Name|Data for))/m).map(normalizedObject);
  return objects.toSorted().join('\n');
}

function normalizedObject(text: string): string {
  const isTable = /^CREATE (?:UNLOGGED |FOREIGN )?TABLE /m.test(text);
  const lines = text
    .split('\n')
    .filter((line) => line !== '' && line !== '--' && !/^SET |^SELECT pg_catalog\.set_config/.test(line));
  if (!isTable && !/^(?:GRANT|REVOKE) /m.test(text)) return lines.join('\n');
  const [head = '', ...rest] = lines;
  return [head, ...rest.map((line) => line.replace(/,$/, '')).toSorted()].join('\n');
}

/** The same in our own words, by the server's own functions, for versions whose `pg_dump` is not at hand. */
export async function dumpCatalog(line: Line): Promise<string> {
  const rows: string[] = [];
  for (const [kind, question] of Object.entries(questions)) {
    for (const row of await line.query(question)) rows.push(`${kind} ${Object.values(row).map(String).join(' | ')}`);
  }
  return rows.toSorted().join('\n');
}

const own = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
const noExtension = (catalog: string, oid: string): string =>
  `not exists (select from pg_depend x where x.deptype = 'e' and x.classid = '${catalog}'::regclass and x.objid = ${oid})`;

/** What is granted; that the owner may do everything is so without a list too. */
const granted = (acl: string, code: string, owner: string): string =>
  `(select array_agg(a::text order by a::text) from aclexplode(coalesce(${acl}, acldefault(${code}, ${owner}))) a)`;
const privileges = granted('c.relacl', `case c.relkind when 'S' then 's'::"char" else 'r' end`, 'c.relowner');

/** What a dump shows: how the constraints of a partition came to it does not matter, nor whether a key is handed down. */
const inherited = `case when k.contype not in ('p', 'u', 'x') and not coalesce(t.relispartition, false)
      then row(k.conislocal, k.coninhcount, k.connoinherit) end`;

/** A name that the server gave to what comes from the table above cannot be changed. */
const constraintName = String.raw`case when k.contype <> 'n' or k.coninhcount = 0 or k.conname !~ '_not_null\d*$' then k.conname end`;

const questions: Readonly<Record<string, string>> = {
  schema: `select nspname, nspowner::regrole, ${granted('nspacl', `'n'`, 'nspowner')} from pg_namespace n where ${own}`,
  extension: `select extname, extversion, extnamespace::regnamespace from pg_extension`,
  relation: `select c.oid::regclass, c.relkind, c.relpersistence, c.relowner::regrole, ${privileges}, c.reloptions, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
      c.relispartition, pg_get_expr(c.relpartbound, c.oid), case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end, m.amname, s.spcname, obj_description(c.oid, 'pg_class'), c.reloftype::regtype
      from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_am m on m.oid = c.relam left join pg_tablespace s on s.oid = c.reltablespace
      where ${own} and c.relkind <> 't' and ${noExtension('pg_class', 'c.oid')}`,
  column: `select a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attcollation::regcollation, a.attstorage,
      a.attcompression, a.attstattarget, a.attoptions, (select array_agg(x::text order by x::text) from unnest(a.attacl) x), a.attislocal, a.attinhcount, col_description(a.attrelid, a.attnum)
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where ${own} and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')`,
  constraint: `select k.conrelid::regclass, k.contypid::regtype, ${constraintName} as name, pg_get_constraintdef(k.oid), k.convalidated, k.condeferrable, k.condeferred, ${inherited}, obj_description(k.oid, 'pg_constraint')
      from pg_constraint k join pg_namespace n on n.oid = k.connamespace left join pg_class t on t.oid = k.conrelid
      where ${own} and not (k.contype = 'f' and k.conparentid <> 0)`,
  index: `select i.indexrelid::regclass, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered, i.indisreplident, i.indnullsnotdistinct,
      (select array_agg(h.inhparent::regclass) from pg_inherits h where h.inhrelid = i.indexrelid)
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where ${own}`,
  inheritance: `select h.inhrelid::regclass, h.inhparent::regclass, h.inhseqno from pg_inherits h join pg_class c on c.oid = h.inhrelid where c.relkind in ('r', 'p', 'f')`,
  view: `select c.oid::regclass, pg_get_viewdef(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${own} and c.relkind in ('v', 'm') and ${noExtension('pg_class', 'c.oid')}`,
  sequence: `select s.seqrelid::regclass, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
      (select d.refobjid::regclass::text || '.' || a.attname || d.deptype::text from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where d.objid = s.seqrelid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i'))
      from pg_sequence s`,
  trigger: `select t.tgrelid::regclass, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger') from pg_trigger t where not t.tgisinternal`,
  rule: `select r.ev_class::regclass, r.rulename, pg_get_ruledef(r.oid), r.ev_enabled from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace where ${own} and r.rulename <> '_RETURN'`,
  policy: `select p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive, (select array_agg(r::regrole::text order by r::regrole::text) from unnest(p.polroles) r), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), obj_description(p.oid, 'pg_policy') from pg_policy p`,
  function: `select p.oid::regprocedure, p.prokind, case when p.prokind in ('f', 'p') then pg_get_functiondef(p.oid) end, p.proowner::regrole, ${granted('p.proacl', `'f'`, 'p.proowner')}, obj_description(p.oid, 'pg_proc')
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${own} and ${noExtension('pg_proc', 'p.oid')}`,
  aggregate: `select g.aggfnoid::regprocedure, g.aggtransfn, g.aggfinalfn, g.aggtranstype::regtype, g.agginitval, g.aggkind from pg_aggregate g join pg_proc p on p.oid = g.aggfnoid join pg_namespace n on n.oid = p.pronamespace where ${own}`,
  type: `select t.oid::regtype, t.typtype, t.typowner::regrole, ${granted('t.typacl', `'T'`, 't.typowner')}, t.typnotnull, t.typdefault, format_type(t.typbasetype, t.typtypmod), t.typcollation::regcollation,
      (select array_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), obj_description(t.oid, 'pg_type'), r.rngsubtype::regtype, r.rngsubdiff, r.rngcanonical
      from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_range r on r.rngtypid = t.oid where ${own} and t.typtype in ('e', 'd', 'c', 'r') and (t.typrelid = 0 or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')) and ${noExtension('pg_type', 't.oid')}`,
  collation: `select n.nspname, c.collname, to_jsonb(c) - 'oid' - 'collnamespace' - 'collowner' - 'collversion' from pg_collation c join pg_namespace n on n.oid = c.collnamespace where ${own}`,
  operator: `select o.oid::regoperator, o.oprcode, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest, o.oprjoin, o.oprcanmerge, o.oprcanhash from pg_operator o join pg_namespace n on n.oid = o.oprnamespace where ${own} and ${noExtension('pg_operator', 'o.oid')}`,
  cast: `select c.castsource::regtype, c.casttarget::regtype, c.castfunc::regprocedure, c.castcontext, c.castmethod from pg_cast c where c.oid >= 16384 and ${noExtension('pg_cast', 'c.oid')}`,
  statistics: `select s.stxname, pg_get_statisticsobjdef(s.oid), s.stxowner::regrole from pg_statistic_ext s`,
  publication: `select p.pubname, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot, (select array_agg(r.prrelid::regclass::text || coalesce(pg_get_expr(r.prqual, r.prrelid), '') order by r.prrelid::regclass::text) from pg_publication_rel r where r.prpubid = p.oid) from pg_publication p`,
  defaults: `select d.defaclrole::regrole, d.defaclnamespace::regnamespace, d.defaclobjtype, (select array_agg(x::text order by x::text) from unnest(d.defaclacl) x) from pg_default_acl d`,
  eventtrigger: `select e.evtname, e.evtevent, e.evtfoid::regprocedure, e.evtenabled, e.evttags from pg_event_trigger e`,
  foreign: `select s.srvname, w.fdwname, s.srvoptions from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw`,
  search: `select c.cfgname, n.nspname from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace where ${own}`,
};
