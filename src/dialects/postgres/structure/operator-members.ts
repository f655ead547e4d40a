/**
 * SQL for the operators and functions that belong to an operator class or, loosely, to a family: the words that name a
 * member, its definition, and its address in the catalog.
 */
export function membersOf(catalog: 'pg_opclass' | 'pg_opfamily', owner: string): string {
  const types = (part: string): string =>
    `format('(%s, %s)', format_type(p.${part}lefttype, null), format_type(p.${part}righttype, null))`;
  const owned = (part: string): string => `pg_depend d on d.classid = '${part}'::regclass and d.objid = p.oid
      and d.refclassid = '${catalog}'::regclass and d.refobjid = ${owner}`;
  return `select format('operator %s %s', p.amopstrategy, ${types('amop')}) as word,
    format('operator %s %s', p.amopstrategy, p.amopopr::regoperator) || coalesce(' for order by ' || (
      select format('%I.%I', n.nspname, f.opfname) from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace
      where f.oid = p.amopsortfamily), '') as definition,
    'pg_amop/' || p.oid || '/0' as address
  from pg_amop p join ${owned('pg_amop')}
  union all
  select format('function %s %s', p.amprocnum, ${types('amproc')}),
    format('function %s %s %s', p.amprocnum, ${types('amproc')}, p.amproc::oid::regprocedure),
    'pg_amproc/' || p.oid || '/0'
  from pg_amproc p join ${owned('pg_amproc')}`;
}
