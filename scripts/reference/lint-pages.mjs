import { mysqlLint } from '../../src/dialects/mysql/lint/rules.ts';
import { postgresLint } from '../../src/dialects/postgres/lint/rules.ts';
import { sqliteLint } from '../../src/dialects/sqlite/lint/rules.ts';
import { measuredRules, sharedRules } from '../../src/migration/lint/rules.ts';
import { code, generated, markdownTable } from './markdown.mjs';

/** The rules by the engines that they are for. */
const groups = [
  { title: 'Every engine', rules: sharedRules },
  { title: 'PostgreSQL', rules: postgresLint },
  { title: 'MySQL and MariaDB', rules: mysqlLint },
  { title: 'SQLite', rules: sqliteLint },
  { title: 'Measured with --scratch', rules: measuredRules },
];

/** A page for each lint rule, and one that lists them, by their names under docs/reference/. */
export function lintPages() {
  const pages = groups.flatMap(({ title, rules }) => rules.map((rule) => [`lint/${rule.code}.md`, page(rule, title)]));
  return { 'lint/index.md': index(), ...Object.fromEntries(pages) };
}

function index() {
  const count = groups.reduce((sum, { rules }) => sum + rules.length, 0);
  return joined([
    generated,
    '# Lint rules',
    `${count} rules judge revisions and \`.sql\` files: \`rowhouse lint\`. A code is never renamed. An \`error\` ends the run with exit code 4; \`warning\` and \`advice\` do not, and advice is shown with \`--severity advice\`.`,
    "Make an exception above the statement, `-- rowhouse: allow CODE: reason`, or in the revision, `allow: [{ code, reason }]`. Change a severity for the project with `defineProject({ lint: { rules: { CODE: 'off' } } })`.",
    ...groups.flatMap(({ title, rules }) => [
      `## ${title}`,
      markdownTable(
        ['code', 'severity', 'finds'],
        rules.map((rule) => [`[${code(rule.code)}](${rule.code}.md)`, rule.severity, rule.title]),
      ),
    ]),
  ]);
}

function page(rule, engines) {
  return joined([
    generated,
    `# ${rule.code}`,
    `${capital(rule.title)}. ${engines} · ${code(rule.severity)}${rule.filesOnly === true ? ' · `.sql` files only' : ''}`,
    rule.why,
    `Instead: ${rule.hint}.`,
    '## Found',
    fence(rule.bad),
    '## Not found',
    fence(rule.good),
    ...(rule.sparesNewTables === true ? ['A table that the same script makes is spared: it is empty.'] : []),
    '[All rules](index.md)',
  ]);
}

function fence(sql) {
  return `\`\`\`sql\n${sql}\n\`\`\``;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function joined(parts) {
  return `${parts.join('\n\n')}\n`;
}
