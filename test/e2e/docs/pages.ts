import { readFileSync } from 'node:fs';

/** The pages whose code is compiled and whose tours are run. */
export const pages = [
  'README.md',
  'docs/guide/getting-started.md',
  'docs/guide/schema.md',
  'docs/guide/repositories.md',
  'docs/guide/relations.md',
  'docs/guide/services.md',
  'docs/guide/rest.md',
  'docs/guide/client.md',
  'docs/guide/lifecycle.md',
  'docs/guide/kysely.md',
  'docs/guide/migrations.md',
  'docs/guide/deploying.md',
  'docs/guide/operations.md',
] as const;

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  /** Says more than the language: `sh tour` is run, in the order of the page. */
  readonly isTour: boolean;
  /** The name in a first line `// schema.ts`; other blocks of the page may import it. */
  readonly file: string | undefined;
  readonly text: string;
  readonly line: number;
}

/** The code of a page, in order. */
export function readBlocks(page: string): readonly Block[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```(\w+)( tour)?\n(.*?)^```$/gms)].map(
    ([, language = '', tour, code = ''], index, all) => ({
      language,
      isTour: tour !== undefined,
      file: /^\/\/ ([\w./-]+\.ts)\n/.exec(code)?.[1],
      text: code,
      line: text.slice(0, all[index]?.index).split('\n').length,
    }),
  );
}
