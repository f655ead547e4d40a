import { defaultPoolSettings } from '../../driver/pool/pool-settings.ts';
import type { DefaultedSetting } from '../setting.ts';
import { flag, integer, seconds } from '../value-kind.ts';

/** How many connections are kept; see `PoolSettings`. */
export const poolSettings: {
  readonly size: DefaultedSetting<number>;
  readonly overflow: DefaultedSetting<number>;
  readonly timeoutMs: DefaultedSetting<number>;
  readonly recycleMs: DefaultedSetting<number>;
  readonly prePing: DefaultedSetting<boolean>;
  readonly disabled: DefaultedSetting<boolean>;
} = {
  size: {
    name: 'pool size',
    variables: ['DB_POOL_SIZE', 'SQL_POOL_SIZE', 'DATABASE_POOL_SIZE'],
    kind: integer(1, 10_000),
    fallback: defaultPoolSettings.size,
    about: 'connections kept open',
  },
  overflow: {
    name: 'pool overflow',
    variables: ['SQL_MAX_OVERFLOW', 'DATABASE_MAX_POOL_OVERFLOW'],
    kind: integer(0, 10_000),
    fallback: defaultPoolSettings.overflow,
    about: 'connections beyond the size that load may open',
  },
  timeoutMs: {
    name: 'pool timeout',
    variables: ['DB_POOL_TIMEOUT', 'SQL_POOL_TIMEOUT', 'DATABASE_POOL_TIMEOUT'],
    kind: seconds(0.001, 3600),
    fallback: defaultPoolSettings.timeoutMs,
    about: 'longest wait for a free connection',
  },
  recycleMs: {
    name: 'pool recycle time',
    variables: ['DATABASE_POOL_RECYCLE'],
    kind: seconds(0, 604_800),
    fallback: defaultPoolSettings.recycleMs,
    about: 'age at which a connection is replaced; 0 keeps it for ever',
  },
  prePing: {
    name: 'pool pre-ping',
    variables: ['DATABASE_PRE_POOL_PING', 'DATABASE_POOL_PRE_PING'],
    kind: flag,
    fallback: defaultPoolSettings.prePing,
    about: 'ask a connection for a sign of life before each use',
  },
  disabled: {
    name: 'pool switch',
    variables: ['DATABASE_POOL_DISABLED'],
    kind: flag,
    fallback: defaultPoolSettings.disabled,
    about: 'open and close a connection for each use',
  },
};
