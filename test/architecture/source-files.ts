import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface SourceFile {
  /** From the project's root, e.g. `src/catalog/model/table.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** From the project's root, or a package's name. */
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Every TypeScript file under `src/`. */
export function sourceFiles(root = 'src'): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readSource(join(root, name)))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  return { path, text, imports: findImports(path, text) };
}

const statement = /^(?:import|export)\s+(type\s+)?[^;'"]*?from\s+['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function findImports(path: string, text: string): readonly Import[] {
  const found = [...text.matchAll(statement)].map(([, type, target = '']) => ({
    target,
    typeOnly: type !== undefined,
  }));
  const lazy = [...text.matchAll(dynamic)].map(([, target = '']) => ({ target, typeOnly: false }));
  return [...found, ...lazy].map(({ target, typeOnly }) => ({
    typeOnly,
    target: target.startsWith('.') ? relative('.', resolve(dirname(path), target)) : target,
  }));
}
