/**
 * What the inspector asks one server of the family, and how that server's texts are read. Rows come in the order of their
 * table, then of their place in it; the columns are named at each query.
 */
export interface CatalogQueries {
  /** table, column, default, `YES` for nullable, type, extra, generation expression, collation, comment, spatial reference. */
  readonly columns: string;
  /** table, index, 1 for not unique, column, `D` for descending, prefix, method, comment, expression, `YES` for unused. */
  readonly indexes: string;
  /** table, name, clause, `YES` for enforced, `Column` for one written at its column. */
  readonly checks: string;
  /** The text of an expression as `create table` would take it. */
  expression(text: string): string;
  defaultOf(text: string, extra: string): ReportedDefault | undefined;
}

/** A column's default: a constant's bare text, or an expression. */
export type ReportedDefault =
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'expression'; readonly text: string };

/** name, type, engine, collation, create options, comment */
export const tablesQuery = `
select table_name, table_type, engine, table_collation, create_options, table_comment
from information_schema.tables where table_schema = database() order by table_name`;

/** table, name, column, referenced schema, referenced table, referenced column */
export const foreignKeyColumnsQuery = `
select table_name, constraint_name, column_name, nullif(referenced_table_schema, database()), referenced_table_name,
  referenced_column_name
from information_schema.key_column_usage
where table_schema = database() and referenced_table_name is not null
order by table_name, constraint_name, ordinal_position`;

/** table, name, delete rule, update rule */
export const foreignKeyRulesQuery = `
select table_name, constraint_name, delete_rule, update_rule
from information_schema.referential_constraints where constraint_schema = database()`;

/** type, name, table, in the order in which triggers run */
export const routinesQuery = `
select * from (
  select lower(routine_type) as type, routine_name as name, null as of_table, 0 as place
  from information_schema.routines where routine_schema = database()
  union all
  select 'trigger', trigger_name, event_object_table, action_order
  from information_schema.triggers where trigger_schema = database()
  union all
  select 'event', event_name, null, 0 from information_schema.events where event_schema = database()
) objects order by name, place`;
