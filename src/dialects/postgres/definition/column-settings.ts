import type { Column } from '../../../catalog/model/column.ts';
import { displayName, type ObjectName } from '../../../catalog/model/object-name.ts';
import { capabilityMissing, postgresText, qualified } from '../text.ts';

const storages = ['plain', 'external', 'extended', 'main'];
const compressions = ['pglz', 'lz4', 'default'];

/**
 * The statements that give a column its storage, compression and statistics target, or take them back from what `from`
 * had. Storage has no word for "the type's own" before version 16, so taking it back is refused.
 */
export function columnSettings(table: ObjectName, column: Column, from: Column['options'] = {}): readonly string[] {
  const to = column.options ?? {};
  const where = `${displayName(table)}.${column.name}`;
  const alter = `alter table ${qualified(table)} alter column ${postgresText.name(column.name)}`;
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((name) => from[name] !== to[name])
    .map((name) => `${alter} set ${settingText(where, name, to[name])}`);
}

function settingText(where: string, name: string, value: string | number | boolean | undefined): string {
  switch (name) {
    case 'storage':
      return `storage ${oneOf(where, name, value, storages)}`;
    case 'compression':
      return `compression ${oneOf(where, name, value ?? 'default', compressions)}`;
    case 'statistics':
      if (value === undefined || Number.isInteger(value)) return `statistics ${Number(value ?? -1)}`;
      throw capabilityMissing(where, 'the statistics target is a whole number', 'write it as a number, e.g. 500');
    default:
      throw capabilityMissing(where, `there is no column option ${name}`, 'leave it out for postgresql');
  }
}

function oneOf(where: string, name: string, value: unknown, known: readonly string[]): string {
  const word = String(value).toLowerCase();
  if (known.includes(word)) return word;
  throw capabilityMissing(where, `${name} is not ${String(value)}`, `say ${known.join(', ')}`);
}
