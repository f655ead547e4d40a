import { nameList, postgresText, qualified } from '../text.ts';
import { insertText, isRow, prefixed, syncName, type CopyText } from './copy-text.ts';

/**
 * A function and triggers that do to the copy what is done to the table. They fire for whoever writes, replication
 * included, and with the rights of the role that copies. A row is taken as it is in the table then and not as the
 * trigger was told, since other triggers may have written to it meanwhile.
 */
export function keepCopyInStep(copy: CopyText): readonly string[] {
  const name = qualified(syncName(copy));
  const table = qualified(copy.table);
  const triggers = { row: postgresText.name(rowTrigger), truncate: postgresText.name(truncateTrigger) };
  return [
    functionText(copy, name),
    // With it on a table of their own others could write to the copy.
    `revoke all on function ${name}() from public`,
    `create trigger ${triggers.row} after insert or update or delete on ${table}
  for each row execute function ${name}()`,
    `create trigger ${triggers.truncate} after truncate on ${table}
  for each statement execute function ${name}()`,
    `alter table ${table} enable always trigger ${triggers.row}, enable always trigger ${triggers.truncate}`,
  ];
}

export const rowTrigger: string = 'rowhouse copies rows';
export const truncateTrigger: string = 'rowhouse copies truncate';

/**
 * Who deletes a row under a snapshot from before it was copied does not see the copy. An attempt to insert it does, and
 * fails as every such meeting does under that isolation (40001); otherwise the attempt is taken back.
 */
function functionText(copy: CopyText, name: string): string {
  const { columns, key } = copy;
  const to = qualified(copy.copy);
  const insert = insertText(copy);
  const current = (row: string): string =>
    `select ${prefixed(columns, 'source.')} from only ${qualified(copy.table)} source where ${isRow(key, 'source.', row)}`;
  const byKey = `on conflict (${nameList(key)}) do nothing`;
  return `create function ${name}() returns trigger language plpgsql security definer set search_path from current as $sync$
begin
  if tg_op = 'TRUNCATE' then
    truncate only ${to};
    return null;
  end if;
  if tg_op <> 'INSERT' then
    if pg_catalog.current_setting('transaction_isolation') <> 'read committed' then
      begin
        ${insert} values (${prefixed(columns, 'old.')}) ${byKey};
        raise exception using errcode = 'RH000';
      exception when integrity_constraint_violation or sqlstate 'RH000' then
        null;
      end;
    end if;
    delete from only ${to} copied where ${isRow(key, 'copied.', 'old.')};
  end if;
  if tg_op <> 'DELETE' then
    ${insert}
      ${current('new.')} ${byKey};
  end if;
  -- a trigger may have put another row in the place of this one; a row that is only moving is copied in its turn
  if tg_op = 'DELETE' or tg_op = 'UPDATE' and not (${isRow(key, 'old.', 'new.')}) then
    ${insert}
      ${current('old.')} on conflict do nothing;
  end if;
  return null;
end $sync$`;
}
