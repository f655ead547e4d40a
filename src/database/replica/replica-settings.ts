import { defaultMaxLagMs } from '../../dialect/replication.ts';

/** When a replica is read from. */
export interface ReplicaSettings {
  /** A replica that is further behind is left alone until it has caught up. */
  readonly maxLagMs: number;
  /** The pause between two looks at a replica; how exactly its lag is known. */
  readonly checkEveryMs: number;
}

/** A look each second: the lag is known as exactly as people would say it, for two short questions to two servers. */
export const defaultReplicaSettings: ReplicaSettings = { maxLagMs: defaultMaxLagMs, checkEveryMs: 1000 };
