import type { Replication } from '../../dialect/replication.ts';
import { replicationBy } from '../mysql/replication.ts';

/**
 * Replication with transaction identifiers: a position is the last one of each domain. The server may itself follow
 * another, so what it has applied counts beside what it has written.
 */
export const mariadbReplication: Replication = replicationBy({
  position: 'select @@global.gtid_current_pos',
  shape: /^\d+-\d+-\d+(?:,\d+-\d+-\d+)*$/,
  look: 'select master_gtid_wait(?, 0) = 0',
  wait: 'select master_gtid_wait(?, ?) = 0',
});
