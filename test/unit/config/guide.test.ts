import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseEnvFile } from '../../../src/config/env-file.ts';
import { productionPool, recommendedPoolSize } from '../../../src/config/pool-profile.ts';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import type { DefaultedSetting, Setting } from '../../../src/config/setting.ts';
import { lineSettings } from '../../../src/config/table/line-settings.ts';
import { migrationAccountSettings } from '../../../src/config/table/migration-account-settings.ts';
import { placeSettings } from '../../../src/config/table/place-settings.ts';
import { poolSettings } from '../../../src/config/table/pool-settings.ts';
import { projectSettings } from '../../../src/config/table/project-settings.ts';
import { serverParameters } from '../../../src/config/url-parameter.ts';
import { tlsModes } from '../../../src/driver/target.ts';
import { engines } from './engines.ts';

const path = new URL('../../../docs/guide/configuration.md', import.meta.url).pathname;
const guide = readFileSync(path, 'utf8');

test('the tables of the guide are those of the code (vitest -u writes them)', async () => {
  const tables: Readonly<Record<string, string>> = {
    place: settingsTable(placeSettings),
    migration: settingsTable(migrationAccountSettings),
    line: settingsTable(lineSettings),
    pool: settingsTable(poolSettings),
    project: settingsTable(projectSettings),
    parameters: parametersTable(),
  };
  const found = guide.matchAll(/<!-- table: (\w+) -->/g);
  expect(new Set([...found].map(([, name]) => name))).toEqual(new Set(Object.keys(tables)));

  const written = guide.replaceAll(
    /(<!-- table: (\w+) -->\n).*?(<!-- end -->)/gs,
    (_all, begin: string, name: string, end: string) => `${begin}${tables[name]}\n${end}`,
  );
  await expect(written).toMatchFileSnapshot(path);
});

test('the guide names every TLS mode', () => {
  for (const mode of tlsModes) expect(guide).toContain(`| \`${mode}\` |`);
});

test('the examples of the guide do what it says', () => {
  const [example, production] = [...guide.matchAll(/```env\n(.*?)```/gs)].map(([, text]) =>
    parseEnvFile(text ?? '', ''),
  );
  expect(resolveSettings(example ?? {}, engines).write).toMatchObject({ database: 'myapp', tls: { mode: 'disable' } });
  expect(resolveSettings({ ...example, ...production }, engines).pool).toEqual(productionPool);
  expect(recommendedPoolSize(4, 1)).toBe(9);
});

function settingsTable(settings: object): string {
  const rows = Object.values(settings as Record<string, Setting<unknown> | DefaultedSetting<unknown>>);
  return [
    '| variable | what | accepted | default |',
    '|---|---|---|---|',
    ...rows.map((setting) => {
      const variables = setting.variables.map((name) => `\`${name}\``).join(', ');
      const fallback = 'fallback' in setting ? `\`${setting.kind.show(setting.fallback)}\`` : '–';
      return `| ${variables} | ${setting.about} | ${setting.kind.words} | ${fallback} |`;
    }),
  ].join('\n');
}

function parametersTable(): string {
  return [
    '| parameter | also | what | accepted |',
    '|---|---|---|---|',
    ...serverParameters.map(({ name, aliases, about, words }) => {
      const others = aliases.length === 0 ? '–' : aliases.map((alias) => `\`${alias}\``).join(', ');
      return `| \`${name}\` | ${others} | ${about} | ${words} |`;
    }),
  ].join('\n');
}
