import type { ServerRule } from '../../dialect/server-rule.ts';

/** What every node of a Galera cluster must be. A server that is none has no `wsrep_ready` at all. */
export const galeraRules: readonly ServerRule[] = [
  {
    setting: 'wsrep_ready',
    sql: "select variable_value as value from information_schema.global_status where variable_name = 'wsrep_ready'",
    wanted: 'ON',
    otherwise: 'the node has lost its cluster, or is still joining it, and refuses every query on a table',
    readiness: true,
  },
  {
    setting: 'innodb_autoinc_lock_mode',
    sql: 'select @@global.innodb_autoinc_lock_mode as value',
    wanted: '2',
    otherwise: 'inserts that come from other nodes wait for the numbers of those made here, and deadlock',
  },
  {
    setting: 'wsrep_osu_method',
    sql: 'select @@global.wsrep_osu_method as value',
    wanted: 'TOI',
    otherwise: 'a migration changes one node alone, and the others refuse what is then written on it',
  },
];
