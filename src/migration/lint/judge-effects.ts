import type { Catalog } from '../../catalog/model/catalog.ts';
import type { Effects } from '../../dialect/effects.ts';
import type { LintRule, LintStatement } from '../../dialect/lint/rule.ts';
import { blocksWritersWhileReading, rewritesTable, strongLockOnPartner } from './rules/measured.ts';

/** What the measured rules say of what a statement did. */
export function judgeEffects(
  { words }: Pick<LintStatement, 'words'>,
  { locks, rewrites, scans }: Effects,
  { tables }: Catalog,
): readonly { readonly rule: LintRule; readonly message: string }[] {
  const stopped = locks.filter(({ blocks }) => blocks !== 'nobody').map(({ table }) => table);
  const read = scans.filter(({ table }) => stopped.includes(table)).map(({ table }) => table);
  const named = new Set(words.map(({ text }) => text));
  const isTable = (name: string): boolean => tables.some((table) => table.name === lastPart(name));
  const partners = locks
    .filter(({ table, blocks }) => blocks === 'everybody' && isTable(table) && !named.has(lastPart(table)))
    .map(({ table }) => table);
  return [
    ...messages(blocksWritersWhileReading, read, 'is read while writers wait'),
    ...messages(
      rewritesTable,
      rewrites.map(({ table }) => table),
      'is written anew',
    ),
    ...messages(strongLockOnPartner, partners, 'is locked for everybody without being named'),
  ];
}

function messages(
  rule: LintRule,
  tables: readonly string[],
  what: string,
): readonly { readonly rule: LintRule; readonly message: string }[] {
  return [...new Set(tables)].map((table) => ({ rule, message: `${table} ${what}` }));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replaceAll('"', '');
}
