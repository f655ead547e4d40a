import type { Dialect } from '../dialect/dialect.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { orderByParents } from './apply/order-by-parents.ts';
import { checkRows } from './check/check-rows.ts';
import type { CheckedRows } from './check/checked-seed.ts';
import { SeedSchema } from './check/seed-schema.ts';
import type { SeedFile } from './source/list-seed-files.ts';
import { loadSeedFile } from './source/load-seed-file.ts';
import type { FunctionSource } from './source/seed-source.ts';

/** A seed ready to be applied. */
export type ReadySeed = { readonly file: string; readonly hash: string } & (
  | { readonly kind: 'rows'; readonly rows: CheckedRows }
  | { readonly kind: 'function'; readonly run: FunctionSource['run'] }
);

/** Reads and checks the files, all of them, before anything is written: parents before children, functions last. */
export async function loadSeeds(
  files: readonly SeedFile[],
  schema: SchemaModule,
  dialect: Dialect,
): Promise<readonly ReadySeed[]> {
  const tables = new SeedSchema(schema, dialect);
  const hashes = new Map<string, string>();
  const rows: CheckedRows[] = [];
  const functions: FunctionSource[] = [];
  for (const file of files) {
    const { source, hash } = await loadSeedFile(file);
    hashes.set(file.file, hash);
    if (source.kind === 'rows') rows.push(checkRows(source, tables));
    else functions.push(source);
  }
  const hashOf = (file: string): string => hashes.get(file) ?? '';
  return [
    ...orderByParents(rows).map((one) => ({
      kind: 'rows' as const,
      file: one.file,
      hash: hashOf(one.file),
      rows: one,
    })),
    ...functions.map(({ file, run }) => ({ kind: 'function' as const, file, hash: hashOf(file), run })),
  ];
}
