import { lineSettings } from '../../src/config/table/line-settings.ts';
import { migrationAccountSettings } from '../../src/config/table/migration-account-settings.ts';
import { placeSettings } from '../../src/config/table/place-settings.ts';
import { poolSettings } from '../../src/config/table/pool-settings.ts';
import { projectSettings } from '../../src/config/table/project-settings.ts';
import { code, generated, markdownTable } from './markdown.mjs';

const groups = [placeSettings, migrationAccountSettings, lineSettings, poolSettings, projectSettings];

/** Every variable, in alphabetical order: the page to look one up in. */
export function environmentPage() {
  const rows = groups
    .flatMap((group) => Object.values(group))
    .flatMap((setting) => setting.variables.map((name) => row(name, setting)));
  return [
    generated,
    '# Environment variables',
    'What they mean together, and which one wins, is in [the guide](../guide/configuration.md). Each can be given as a file: `NAME_FILE=/run/secrets/name`. A service named `auth` reads `AUTH_NAME` before `NAME`.',
    `${markdownTable(
      ['variable', 'sets the', 'accepted', 'default', 'what'],
      rows.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, ...cells]) => [code(name), ...cells]),
    )}\n`,
  ].join('\n\n');
}

function row(name, setting) {
  const fallback = 'fallback' in setting ? code(setting.kind.show(setting.fallback)) : '–';
  return [name, setting.name, setting.kind.words, fallback, setting.about];
}
