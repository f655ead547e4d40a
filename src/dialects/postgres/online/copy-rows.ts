import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { nameList, postgresText, qualified } from '../text.ts';
import { insertText, isRow, prefixed, type CopyText } from './copy-text.ts';
import { scans, writes } from './step.ts';

/** A thousand rows are locked for some 20 ms. */
const rowsAtOnce = 1_000;

/** Shorter than the second after which the server looks for deadlocks: the copying is the one that gives way. */
export const givesWayAfterMs = 200;

/**
 * Copies the rows in the order of their key, a transaction for each batch. A row is read under a lock that keeps others
 * from changing it until its copy is committed; one that a trigger has put there is the newer one.
 */
export function copyRows(copy: CopyText): DefinitionStatement {
  const { key } = copy;
  const variable = (end: 'from' | 'to', name: string): string =>
    postgresText.name(`rowhouse ${end} ${key.indexOf(name)}`);
  const variables = (end: 'from' | 'to'): string => key.map((name) => variable(end, name)).join(', ');
  const table = qualified(copy.table);
  const own = prefixed(key, 'source.');
  const behind = `(${own}) > (${variables('from')})`;
  const upTo = `(${own}) <= (${variables('to')})`;
  const next = (where: string): string => `select * into ${variables('to')} from (
        select ${own} from only ${table} source${where} order by ${own} limit ${rowsAtOnce}) batch
        order by ${key.map((name) => `batch.${postgresText.name(name)} desc`).join(', ')} limit 1;`;
  const insert = (where: string): string => `${insertText(copy)}
        select ${prefixed(copy.columns, 'source.')} from only ${table} source where ${where} for share
        on conflict (${nameList(key)}) do nothing;`;
  const declared = (['from', 'to'] as const).flatMap((end) =>
    key.map((name) => `  ${variable(end, name)} ${table}.${postgresText.name(name)}%type;`),
  );
  return writes(`do $copy$
#variable_conflict use_variable
declare
${declared.join('\n')}
  "rowhouse begins" boolean := true;
  "rowhouse is copied" boolean;
begin
  loop
    "rowhouse is copied" := false;
    perform pg_catalog.set_config('lock_timeout', '${givesWayAfterMs}ms', true);
    begin
      if "rowhouse begins" then
        ${next('')}
        exit when not found;
        ${insert(upTo)}
      else
        ${next(` where ${behind}`)}
        exit when not found;
        ${insert(`${behind} and ${upTo}`)}
      end if;
      "rowhouse is copied" := true;
    exception when lock_not_available or deadlock_detected or serialization_failure then
      perform pg_catalog.pg_sleep(0.05);
    end;
    commit;
    if "rowhouse is copied" then
      "rowhouse begins" := false;
      ${key.map((name) => `${variable('from', name)} := ${variable('to', name)};`).join('\n      ')}
    end if;
  end loop;
end $copy$`);
}

/** One statement sees one state of both: every row has its copy, and nothing else has one. */
export function proveCopy({ table, copy, key }: CopyText): DefinitionStatement {
  const [mine, other] = [qualified(table), qualified(copy)];
  const text = postgresText.literal(`${qualified(table)} and its copy have not the same rows`);
  return scans(`do $proof$
begin
  if exists (select from only ${mine} source full join only ${other} copied on ${isRow(key, 'source.', 'copied.')}
      where source.${postgresText.name(key[0] ?? '')} is null or copied.${postgresText.name(key[0] ?? '')} is null) then
    raise exception using message = ${text}, errcode = 'object_not_in_prerequisite_state',
      hint = 'nothing was changed; drop the copy and its triggers, or compare again, which does that';
  end if;
end $proof$`);
}
