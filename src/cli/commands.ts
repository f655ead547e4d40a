import type { AnyCommand } from './command.ts';
import { baseline } from './commands/baseline.ts';
import { check } from './commands/check.ts';
import { clients } from './commands/clients.ts';
import { completion } from './commands/completion.ts';
import { config } from './commands/config.ts';
import { copy } from './commands/copy.ts';
import { current } from './commands/current.ts';
import { deploy } from './commands/deploy.ts';
import { diff } from './commands/diff.ts';
import { down } from './commands/down.ts';
import { drift } from './commands/drift.ts';
import { edit } from './commands/edit.ts';
import { fleet } from './commands/fleet.ts';
import { heads } from './commands/heads.ts';
import { health } from './commands/health.ts';
import { history } from './commands/history.ts';
import { init } from './commands/init.ts';
import { lint } from './commands/lint.ts';
import { merge } from './commands/merge.ts';
import { parked } from './commands/parked.ts';
import { prove } from './commands/prove.ts';
import { pull } from './commands/pull.ts';
import { revision } from './commands/revision.ts';
import { seed } from './commands/seed.ts';
import { serve } from './commands/serve.ts';
import { show } from './commands/show.ts';
import { sql } from './commands/sql.ts';
import { squash } from './commands/squash.ts';
import { stamp } from './commands/stamp.ts';
import { up } from './commands/up.ts';
import { wait } from './commands/wait.ts';

const working: readonly AnyCommand[] = [
  init,
  pull,
  revision,
  up,
  down,
  current,
  deploy,
  diff,
  drift,
  history,
  heads,
  show,
  edit,
  sql,
  lint,
  merge,
  squash,
  stamp,
  parked,
  baseline,
  check,
  clients,
  prove,
  fleet,
  seed,
  copy,
  serve,
  health,
  wait,
  config,
];

/** Every command, in the order of the overview. */
export const commands: readonly AnyCommand[] = [...working, completion(working)];
