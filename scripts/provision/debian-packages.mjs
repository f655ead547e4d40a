import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { command, hasCommand } from './command.mjs';

const policy = '/usr/sbin/policy-rc.d';
let listsAreFresh = false;

/**
 * Installs Debian packages without starting any service.
 *
 * @param {readonly string[]} packages
 */
export function installPackages(packages) {
  if (!hasCommand('apt-get')) throw new Error('this machine has no apt-get');
  if (process.getuid?.() !== 0) throw new Error('apt-get install needs root');
  refreshLists();
  withServicesHeld(() =>
    command('apt-get', ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }),
  );
}

/** Reads the package lists again, once per run. */
export function refreshLists() {
  if (listsAreFresh) return;
  listsAreFresh = true;
  try {
    command('apt-get', ['update', '-q', '-o', 'DPkg::Lock::Timeout=300']);
  } catch {
    // One source of many may be out of order; what is missing because of it is named by the installation itself.
  }
}

/** A server package starts its service when it is installed, unless this file says no. A file that is there stays as it is. */
function withServicesHeld(work) {
  if (existsSync(policy)) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return work();
  } finally {
    rmSync(policy, { force: true });
  }
}
