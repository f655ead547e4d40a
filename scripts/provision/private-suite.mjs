import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Downloads packages of another Debian suite with all they depend on; the system's own apt is not touched.
 *
 * @param {string} directory where the private apt keeps its state; the packages land in its `cache/archives`
 * @param {string} suite
 * @param {readonly string[]} packages
 * @returns {string} the directory of the .deb files
 */
export function downloadFromSuite(directory, suite, packages) {
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(directory, part), { recursive: true });
  // An empty status file: nothing counts as installed, so the whole closure is downloaded, the C library included.
  writeFileSync(join(directory, 'status'), '');
  writeFileSync(join(directory, 'sources.list'), `deb [signed-by=${keyring}] ${debianMirror()} ${suite} main\n`);
  const options = privateOptions(directory);
  command('apt-get', [...options, 'update', '-q', '-o', 'APT::Update::Error-Mode=any']);
  command('apt-get', [...options, 'install', '-y', '-q', '--download-only', '--no-install-recommends', ...packages]);
  return join(directory, 'cache/archives');
}

/** The mirror this machine already uses, so that none is named here. */
function debianMirror() {
  const filters = ['Origin: Debian', 'Label: Debian', 'Identifier: Packages'];
  const [mirror] = command('apt-get', ['indextargets', '--format', '$(REPO_URI)', ...filters]).split('\n');
  if (!mirror) throw new Error('apt-get knows no Debian mirror on this machine');
  return mirror;
}

function privateOptions(directory) {
  return [
    `Dir::Etc::sourcelist=${directory}/sources.list`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State=${directory}`,
    `Dir::State::lists=${directory}/lists`,
    `Dir::State::status=${directory}/status`,
    `Dir::Cache=${directory}/cache`,
    'Dir::Etc::preferences=/dev/null',
    'Dir::Etc::preferencesparts=/dev/null',
    'APT::Default-Release=',
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
    'Debug::NoLocking=1',
  ].flatMap((option) => ['-o', option]);
}
