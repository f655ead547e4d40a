import type { Load, LoadProbe } from '../../dialect/load.ts';
import type { Connection } from '../../driver/connection.ts';

/** How far replicas are behind. A role without the right to see it is told nothing, and so are we. */
export const postgresLoad: LoadProbe = { read };

async function read(connection: Connection): Promise<Load> {
  const sql = `select round(extract(epoch from max(replay_lag)) * 1000)::text from pg_stat_replication`;
  const [[lag = null] = []] = (await connection.run({ sql }, [])).rows;
  return lag === null ? {} : { replicaLagMs: Number(lag) };
}
