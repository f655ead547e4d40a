import { postgresText, qualified } from '../text.ts';
import { temporaryName } from './temporary-name.ts';
import type { TypeChange } from './type-change.ts';

/** The new value, from the old columns of the same row. */
export function syncedValue({ column, using }: Pick<TypeChange, 'column' | 'using'>): string {
  return using === undefined ? postgresText.name(column) : `(${using})`;
}

/** A function and a trigger that write the new column whenever the old one is written. */
export function keepInStep(change: TypeChange, shadow: string): readonly string[] {
  const { table } = change;
  const name = syncName(change);
  const row = `(select new.*) as ${postgresText.name(table.name)}`;
  return [
    `create function ${qualified({ ...table, name })}() returns trigger language plpgsql as $sync$
#variable_conflict use_column
begin
  new.${postgresText.name(shadow)} := (select ${syncedValue(change)} from ${row});
  return new;
end $sync$`,
    `create trigger ${postgresText.name(name)} before insert or update on ${qualified(table)}
  for each row execute function ${qualified({ ...table, name })}()`,
  ];
}

export function dropSync(change: TypeChange): readonly string[] {
  const { table } = change;
  const name = syncName(change);
  return [
    `drop trigger ${postgresText.name(name)} on ${qualified(table)}`,
    `drop function ${qualified({ ...table, name })}()`,
  ];
}

/** Triggers fire in the order of their names: this one comes last, when the others have had their say. */
function syncName({ table, column, to }: TypeChange): string {
  return temporaryName(`~${column}`, 'sync', qualified(table), to);
}
