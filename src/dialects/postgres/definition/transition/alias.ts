import type { Transition } from '../../../../catalog/change/transition.ts';
import { findTable } from '../../../../catalog/model/catalog.ts';
import type { ObjectName } from '../../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { RowhouseError } from '../../../../errors/rowhouse-error.ts';
import { plainly } from '../../online/step.ts';
import { nameList, newQualified, postgresText, qualified } from '../../text.ts';
import type { PostgresTransitionContext } from '../transition.ts';

/**
 * A view under the table's old name, in the transaction of the rename before it: nobody finds the name free. Whoever uses
 * it acts as himself, so policies and grants of the table hold; the grants are copied for the name itself.
 */
export function compileAlias(
  change: Extract<Transition, { kind: 'alias-table' | 'drop-alias' }>,
  { before }: PostgresTransitionContext,
): readonly DefinitionStatement[] {
  const view = { ...change.table, name: change.alias };
  if (change.kind === 'drop-alias') return [plainly(`drop view ${qualified(view)}`)];
  const table = findTable(before, change.table);
  if (table === undefined) throw new RowhouseError('CHANGE_INVALID', `there is no table ${change.table.name}`);
  const columns = nameList(change.columns ?? table.columns.map(({ name }) => name));
  return [
    plainly(
      `create view ${newQualified(view)} with (security_invoker = true) as select ${columns} from ${qualified(table)}`,
    ),
    plainly(copyGrants(table, view)),
  ];
}

/** Owner, grants of the table and grants of single columns, as the server has them at this moment. */
function copyGrants(table: ObjectName, view: ObjectName): string {
  const literal = (object: ObjectName): string => postgresText.literal(qualified(object));
  return `do $alias$
declare
  statement text;
begin
  for statement in
    select format('alter view %s owner to %I', ${literal(view)}, pg_get_userbyid(relowner))
    from pg_class where oid = ${literal(table)}::regclass and pg_get_userbyid(relowner) <> current_user
    union all
    select format('grant %s on %s to %s%s', privilege_type, ${literal(view)},
      case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end,
      case when is_grantable then ' with grant option' else '' end)
    from pg_class, aclexplode(relacl)
    where oid = ${literal(table)}::regclass and grantee <> relowner and privilege_type <> 'MAINTAIN'
    union all
    select format('grant %s (%I) on %s to %s%s', privilege_type, attname, ${literal(view)},
      case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end,
      case when is_grantable then ' with grant option' else '' end)
    from pg_attribute, aclexplode(attacl)
    where attrelid = ${literal(table)}::regclass and attnum > 0 and not attisdropped
  loop
    execute statement;
  end loop;
end $alias$`;
}
