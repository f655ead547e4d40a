import { killWhenItSpeaks } from '../../integration/migration/kill-program.ts';

/** Upgrades the database in a process of its own, and kills it once it is about to run the second statement of `r2`. */
export async function killUpgrade(url: string): Promise<void> {
  await killWhenItSpeaks(new URL('./upgrade-process.ts', import.meta.url), [url]);
}
