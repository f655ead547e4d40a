import type { AnyCommand } from './command.ts';

/** The commands that pipelines and health checks start again and again, so that each loads nothing but itself. */
const alone: Readonly<Record<string, () => Promise<AnyCommand>>> = {
  check: async () => (await import('./commands/check.ts')).check,
  current: async () => (await import('./commands/current.ts')).current,
  health: async () => (await import('./commands/health.ts')).health,
  heads: async () => (await import('./commands/heads.ts')).heads,
  history: async () => (await import('./commands/history.ts')).history,
  revision: async () => (await import('./commands/revision.ts')).revision,
  up: async () => (await import('./commands/up.ts')).up,
  wait: async () => (await import('./commands/wait.ts')).wait,
};

/** The commands that a line can mean: the one that it names, or all of them where that is not enough to answer it. */
export async function commandsFor([name = '']: readonly string[]): Promise<readonly AnyCommand[]> {
  const load = Object.hasOwn(alone, name) ? alone[name] : undefined;
  return load === undefined ? (await import('./commands.ts')).commands : [await load()];
}
