import { step } from './step.mjs';

const quiet = ['--no-audit', '--no-fund'];

/**
 * Installs what the lock file says. `npm ci` refuses a lock file when the registry lacks packages for other platforms;
 * `npm install --no-save` takes the same versions then, and leaves the lock file as it is.
 */
export async function installPackages(root) {
  try {
    await step('install packages', 'npm', ['ci', ...quiet], { directory: root });
  } catch (error) {
    if (!error.message.includes('from lock file')) throw error;
    await step('install them without those of other platforms', 'npm', ['install', '--no-save', ...quiet], {
      directory: root,
    });
  }
}
