const size = '(select count(*) from pragma_foreign_key_list(child.name) as n where n.id = k.id)';
const isNamed =
  'exists (select 1 from pragma_foreign_key_list(child.name) as n where n.id = k.id and n."to" = c.name collate nocase)';

/**
 * Finds references that lead nowhere, as `pragma foreign_key_check` does, but passes over tables with a foreign key to
 * columns that are no key: SQLite lets them be made, cannot use them, and that pragma fails at the first of them.
 */
export const danglingReferences: string = `select dangling.* from main.sqlite_schema as child, pragma_foreign_key_check(child.name) as dangling
where child.type = 'table' and not exists (
  select 1 from pragma_foreign_key_list(child.name) as k
  join main.sqlite_schema as parent on parent.name = k."table" collate nocase and parent.type in ('table', 'view')
  where k.seq = 0
    and not (
      (select count(*) from pragma_table_info(parent.name) as c where c.pk > 0) = ${size}
      and (k."to" is null or (select count(*) from pragma_table_info(parent.name) as c where c.pk > 0 and ${isNamed}) = ${size})
    )
    and not exists (
      select 1 from pragma_index_list(parent.name) as i where i."unique" and not i.partial
        and (select count(*) from pragma_index_info(i.name)) = ${size}
        and (select count(*) from pragma_index_info(i.name) as c where ${isNamed}) = ${size}
    )
)`;
