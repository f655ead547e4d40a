import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../../cli/run-cli.ts';
import { pages, readBlocks } from './pages.ts';

const settings = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    moduleDetection: 'force',
    noEmit: true,
  },
};

test('every block of TypeScript in the documentation compiles as it stands', () => {
  const directory = makeProject({ 'tsconfig.json': JSON.stringify(settings) });
  for (const name of ['@types/node', 'undici-types', 'kysely', 'fastify', 'hono', '@opentelemetry/api']) {
    mkdirSync(dirname(join(directory, 'node_modules', name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(directory, 'node_modules', name));
  }
  let written = 0;
  for (const page of pages) {
    for (const { language, file, text, line } of readBlocks(page)) {
      if (language !== 'ts') continue;
      const path = join(directory, basename(page, '.md'), file ?? `line-${line}.ts`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      written += 1;
    }
  }

  const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', directory], {
    encoding: 'utf8',
    cwd: directory,
  });

  expect(written).toBeGreaterThan(15);
  expect(stdout).toBe('');
  rmSync(directory, { recursive: true, force: true });
});
