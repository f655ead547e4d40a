import type { Load, LoadProbe } from '../../dialect/load.ts';
import type { Connection } from '../../driver/connection.ts';

/** What a server says of itself, and a node of its cluster. */
export const mysqlLoad: LoadProbe = { read };

/** 2,000: far below any limit of a write set, so that no other node has to wait for one of ours. */
const mostGaleraRows = 2_000;

async function read(connection: Connection): Promise<Load> {
  const { rows } = await connection.run({ sql: question }, []);
  const said = new Map(rows.map(([name, value]) => [String(name).toLowerCase(), String(value)]));
  const running = said.get('threads_running');
  const paused = said.get('wsrep_flow_control_paused_ns');
  const isNode = said.get('wsrep_ready') === 'ON';
  return {
    ...(running === undefined ? {} : { runningSessions: Number(running) }),
    ...(isNode && paused !== undefined ? { heldBackMs: Number(paused) / 1e6 } : {}),
    ...(isNode ? { mostRows: await mostRows(connection) } : {}),
  };
}

/** 0 stands for no limit. */
async function mostRows(connection: Connection): Promise<number> {
  const { rows } = await connection.run({ sql: 'select @@wsrep_max_ws_rows' }, []);
  const limit = Number(rows[0]?.[0] ?? 0);
  return limit > 0 ? Math.min(limit, mostGaleraRows) : mostGaleraRows;
}

const question =
  "show global status where variable_name in ('Threads_running', 'wsrep_flow_control_paused_ns', 'wsrep_ready')";
