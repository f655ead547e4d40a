import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { code, generated, markdownTable } from './markdown.mjs';

/** The entries of the package, by what a program imports. */
const entries = {
  rowhouse: 'src/index.ts',
  'rowhouse/client': 'src/client/index.ts',
  'rowhouse/http': 'src/http/index.ts',
  'rowhouse/fastify': 'src/http/adapters/fastify.ts',
  'rowhouse/kysely': 'src/kysely/index.ts',
  'rowhouse/migration': 'src/migration/index.ts',
  'rowhouse/telemetry': 'src/telemetry/index.ts',
  'rowhouse/testing': 'src/testing/index.ts',
};

/** Every public name with the first sentence of its doc comment. */
export function exportsPage(root) {
  const sections = Object.entries(entries).flatMap(([entry, file]) => {
    const names = exportsOf(join(root, file)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return [
      `## ${entry}`,
      markdownTable(
        ['name', 'kind', 'what'],
        names.map(({ name, kind, sentence }) => [code(name), kind, sentence]),
      ),
    ];
  });
  return [generated, '# Public names', ...sections].join('\n\n').concat('\n');
}

/** What a file exports: names it passes on, and its own. */
function exportsOf(file) {
  const text = readFileSync(file, 'utf8');
  const passedOn = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '(.+)';/gm)].flatMap(([, names, from]) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => describe(name, readFileSync(join(dirname(file), from), 'utf8'))),
  );
  const own = [...text.matchAll(/^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm)];
  return [...passedOn, ...own.map(([, name]) => describe(name, text))];
}

function describe(name, text) {
  const declared = new RegExp(
    `(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?^export (?:async |abstract )?(function|const|class|interface|type) ${name}\\b`,
    'm',
  );
  const [, comment = '', kind = ''] = declared.exec(text) ?? [];
  return { name, kind, sentence: firstSentence(comment) };
}

function firstSentence(comment) {
  const words = comment
    .replace(/^\/\*\*|\*\/\s*$/g, '')
    .replaceAll(/^\s*\* ?/gm, '')
    .split(/\n\s*\n|\n@/)[0]
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /^.*?\.(?= |$)/.exec(words)?.[0] ?? words;
}
