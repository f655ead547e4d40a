import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** 60 tables of 14 columns and 150 queries: what a large service has. */
const tables = 60;
const queries = 150;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the compiler says it took to check the fixture, against the declarations that a user compiles with. */
export function countInstantiations(): number {
  const directory = mkdtempSync(join(resolve(root, 'test'), '.types-'));
  const tsc = (...words: readonly string[]): string =>
    execFileSync(join(root, 'node_modules/.bin/tsc'), words, { cwd: root, encoding: 'utf8' });
  try {
    tsc('-p', 'tsconfig.json', '--emitDeclarationOnly', '--outDir', join(directory, 'rowhouse'));
    writeFileSync(join(directory, 'schema.ts'), schemaSource());
    writeFileSync(join(directory, 'queries.ts'), querySource());
    writeFileSync(
      join(directory, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../tsconfig.base.json',
        compilerOptions: { noEmit: true },
        include: ['schema.ts', 'queries.ts'],
      }),
    );
    const report = tsc('-p', directory, '--extendedDiagnostics');
    return Number(/Instantiations:\s+(\d+)/.exec(report)?.[1]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function schemaSource(): string {
  const one = (number: number): string => `export const t${number} = table('t${number}', {
  id: uuid().primaryKey().default(uuidv7()), name: text({ max: 80 }).unique(), note: text().null(), age: integer().null(),
  visits: bigint().default(0n), price: decimal({ precision: 10, scale: 2 }), active: boolean().default(true), born: date().null(),
  doc: json().null(), score: double().default(0), ${number === 0 ? 'parent: uuid().null()' : `parent: uuid().null().references(() => t${number - 1}.id)`},
  ...timestamps(), ...softDelete(),
}, (t) => [index(t.age, t.createdAt.desc())]);`;
  return `import { bigint, boolean, date, decimal, double, index, integer, json, softDelete, table, text, timestamps, uuid, uuidv7 } from './rowhouse/index.js';
${Array.from({ length: tables }, (_, number) => one(number)).join('\n')}
`;
}

function querySource(): string {
  const one = (number: number): string => {
    const repository = `r.t${number % tables}`;
    return `export async function q${number}() {
  const repository = database.repository(${repository});
  const row = await repository.insert({ name: 'a', price: '1.00' });
  const list = await repository.list({ where: { active: true, age: { gt: ${number} }, or: [{ name: 'x' }, { visits: { in: [1n] } }] }, order: ['-createdAt', 'name'], limit: 5 });
  await repository.update(row.id, { age: list[0]?.age ?? null });
  const { row: upserted } = await repository.upsert({ name: 'b', price: '2' }, { match: ['name'] });
  return [upserted.doc, await repository.count({ born: { lt: '2026-01-01' } })] as const;
}`;
  };
  return `import type { ServiceDatabase } from './rowhouse/index.js';
import * as r from './schema.ts';
declare const database: ServiceDatabase;
${Array.from({ length: queries }, (_, number) => one(number)).join('\n')}
`;
}
