import { defaultMaxLagMs } from '../../dialect/replication.ts';
import type { TlsMode } from '../../driver/target.ts';
import type { DefaultedSetting, Setting } from '../setting.ts';
import { tlsMode } from '../tls-mode.ts';
import { integer, milliseconds, seconds } from '../value-kind.ts';

/** How the line to the server behaves. */
export const lineSettings: {
  readonly tls: Setting<TlsMode>;
  readonly connectTimeoutMs: DefaultedSetting<number>;
  readonly statementTimeoutMs: Setting<number>;
  readonly connectAttempts: DefaultedSetting<number>;
  readonly connectDelayMs: DefaultedSetting<number>;
  readonly maxLagMs: DefaultedSetting<number>;
} = {
  tls: {
    name: 'TLS mode',
    variables: ['DB_SSLMODE_DEFAULT'],
    kind: tlsMode,
    about: "what counts where neither URL nor `DB_PARAMS` says `sslmode`; else the engine's own default, `require`",
  },
  connectTimeoutMs: {
    name: 'connect timeout',
    variables: ['DB_CONNECT_TIMEOUT'],
    kind: seconds(0.1, 600),
    fallback: 10_000,
    about: 'longest wait for one connection to open',
  },
  statementTimeoutMs: {
    name: 'statement timeout',
    variables: ['DB_STATEMENT_TIMEOUT_MS', 'SQL_STATEMENT_TIMEOUT'],
    kind: milliseconds(1, 86_400_000),
    about: 'no statement of a transaction may run longer, where the engine can bound it',
  },
  connectAttempts: {
    name: 'connect attempts',
    variables: ['DB_MAX_RETRIES'],
    kind: integer(1, 1000),
    fallback: 5,
    about: 'attempts to reach the server at start',
  },
  connectDelayMs: {
    name: 'delay between attempts',
    variables: ['DB_RETRY_DELAY'],
    kind: seconds(0, 3600),
    fallback: 5_000,
    about: 'pause between two attempts',
  },
  maxLagMs: {
    name: 'replica lag',
    variables: ['REPLICA_MAX_LAG'],
    kind: seconds(0.1, 86_400),
    fallback: defaultMaxLagMs,
    about: 'a replica that is further behind is not read from until it has caught up',
  },
};
