import type { AnyCommand } from './command.ts';

/** Each command by its name, in the order of the overview. */
const loaders: Readonly<Record<string, () => Promise<AnyCommand>>> = {
  init: async () => (await import('./commands/init.ts')).init,
  scaffold: async () => (await import('./commands/scaffold.ts')).scaffold,
  pull: async () => (await import('./commands/pull.ts')).pull,
  revision: async () => (await import('./commands/revision.ts')).revision,
  up: async () => (await import('./commands/up.ts')).up,
  down: async () => (await import('./commands/down.ts')).down,
  current: async () => (await import('./commands/current.ts')).current,
  deploy: async () => (await import('./commands/deploy.ts')).deploy,
  diff: async () => (await import('./commands/diff.ts')).diff,
  drift: async () => (await import('./commands/drift.ts')).drift,
  history: async () => (await import('./commands/history.ts')).history,
  heads: async () => (await import('./commands/heads.ts')).heads,
  show: async () => (await import('./commands/show.ts')).show,
  edit: async () => (await import('./commands/edit.ts')).edit,
  sql: async () => (await import('./commands/sql.ts')).sql,
  lint: async () => (await import('./commands/lint.ts')).lint,
  merge: async () => (await import('./commands/merge.ts')).merge,
  squash: async () => (await import('./commands/squash.ts')).squash,
  stamp: async () => (await import('./commands/stamp.ts')).stamp,
  parked: async () => (await import('./commands/parked.ts')).parked,
  baseline: async () => (await import('./commands/baseline.ts')).baseline,
  check: async () => (await import('./commands/check.ts')).check,
  clients: async () => (await import('./commands/clients.ts')).clients,
  prove: async () => (await import('./commands/prove.ts')).prove,
  fleet: async () => (await import('./commands/fleet.ts')).fleet,
  seed: async () => (await import('./commands/seed.ts')).seed,
  retention: async () => (await import('./commands/retention.ts')).retention,
  erase: async () => (await import('./commands/erase.ts')).erase,
  copy: async () => (await import('./commands/copy.ts')).copy,
  tenant: async () => (await import('./commands/tenant.ts')).tenant,
  serve: async () => (await import('./commands/serve.ts')).serve,
  'kill-queries': async () => (await import('./commands/kill-queries.ts')).killQueries,
  health: async () => (await import('./commands/health.ts')).health,
  wait: async () => (await import('./commands/wait.ts')).wait,
  config: async () => (await import('./commands/config.ts')).config,
  completion: async () => (await import('./commands/completion.ts')).completion(allCommands),
};

/** Every command, in the order of the overview. */
export async function allCommands(): Promise<readonly AnyCommand[]> {
  return await Promise.all(Object.values(loaders).map(async (load) => await load()));
}

/**
 * The commands that a line can mean: the one that it names, and all of them where that is not enough to answer it. What
 * is not needed is not loaded, since pipelines and health checks start a command again and again.
 */
export async function commandsFor([name = '']: readonly string[]): Promise<readonly AnyCommand[]> {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  return load === undefined ? await allCommands() : [await load()];
}
