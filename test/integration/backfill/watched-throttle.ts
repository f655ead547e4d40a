import type { PinnedSession } from '../../../src/database/pinned-session.ts';
import { Throttle } from '../../../src/migration/backfill/throttle.ts';
import { until } from '../../../src/testing/server/until.ts';

/** A throttle on a real server, and what it is seen to do. */
export interface WatchedThrottle {
  readonly throttle: Throttle;
  /** How often the server was asked how busy it is. */
  readonly asked: () => number;
  /** Waits until the server was asked some times more. */
  readonly askedAgain: (times: number) => Promise<void>;
}

export function watchThrottle({ dialect, connection }: PinnedSession): WatchedThrottle {
  const { load } = dialect;
  if (load === undefined) throw new Error('the server does not say how busy it is');
  let asked = 0;
  const counting: typeof load = {
    read: async (on) => {
      asked += 1;
      return await load.read(on);
    },
  };
  return {
    throttle: new Throttle({ connection, dialect: { ...dialect, load: counting } }),
    asked: () => asked,
    askedAgain: async (times) => {
      const enough = asked + times;
      if (!(await until(() => asked >= enough, { withinMs: 30_000 })))
        throw new Error('the server was not asked again');
    },
  };
}
