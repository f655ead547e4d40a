import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { killWhenItSpeaks } from '../migration/kill-program.ts';

/**
 * Upgrades in a process of its own and kills it once it has told one thing so often: `says 2`. Gives what it told last.
 */
export async function killUpgradeAt(url: string, history: readonly LoadedRevision[], place: string): Promise<string> {
  const program = new URL('./upgrade-process.ts', import.meta.url);
  return await killWhenItSpeaks(program, [url, JSON.stringify(history), ...place.split(' ')]);
}
