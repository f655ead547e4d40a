import { describeServers } from '../../servers/describe-each-server.ts';
import { killEverywhere } from './kill-everywhere.ts';

describeServers(['sqlite-better-sqlite3'], 'an upgrade', (server) => killEverywhere(server, { connections: false }));
