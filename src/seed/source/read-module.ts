import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isTable } from '../../schema/table/table.ts';
import { moduleFailure } from '../../util/module-failure.ts';
import { seedInvalid } from '../seed-error.ts';
import { isSeedReference, type SeedDefinition, type SeedFunction } from '../seed.ts';
import type { SeedSource, SourceRow, SourceValue } from './seed-source.ts';

/** A TypeScript seed: the export is `seed(table, { rows })` or a function that takes a seed context. */
export async function readModule(path: string, file: string, name = 'default'): Promise<SeedSource> {
  const module = await importModule(path, file);
  const exported = module[name];
  if (isFunction(exported)) return { kind: 'function', file, run: exported };
  if (!isDefinition(exported)) {
    throw seedInvalid({ file }, `the export ${name} is neither seed(…) nor a function`, {
      hint: "write `export default seed(users, { key: ['email'], rows: […] })` or `export default async (context) => { … }`",
    });
  }
  return { kind: 'rows', file, table: exported.table, key: exported.key, rows: exported.rows.map(rowOf) };
}

function rowOf(row: object): SourceRow {
  const cells = Object.entries(row).map(([name, value]: [string, unknown]) => ({ name, value: valueOf(value) }));
  return { cells };
}

function valueOf(value: unknown): SourceValue {
  if (!isSeedReference(value)) return { kind: 'value', value };
  const match = Object.entries(value.match).map(([name, part]) => ({ name, value: valueOf(part) }));
  return { kind: 'reference', table: value.table, match };
}

async function importModule(path: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
    return module;
  } catch (cause) {
    if (!existsSync(path)) throw seedInvalid({ file }, 'there is no such file', { cause });
    throw seedInvalid({ file }, `it cannot be loaded: ${moduleFailure(cause)}`, { cause });
  }
}

function isFunction(value: unknown): value is SeedFunction {
  return typeof value === 'function';
}

function isDefinition(value: unknown): value is SeedDefinition {
  return typeof value === 'object' && value !== null && 'rows' in value && 'table' in value && isTable(value.table);
}
