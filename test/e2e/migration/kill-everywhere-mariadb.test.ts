import { describeServers } from '../../servers/describe-each-server.ts';
import { killEverywhere } from './kill-everywhere.ts';

describeServers(['mariadb'], 'an upgrade', (server) => killEverywhere(server, { connections: true }));
