import type { ServerEngine } from '../server/private-server.ts';
import type { ServerKind } from '../server/server-kind.ts';
import { mariadb } from './mariadb.ts';
import { mysql } from './mysql.ts';
import { postgresql } from './postgresql.ts';
import { redis } from './redis.ts';

/** Every kind of server the kit can start. */
export const serverKinds: Readonly<Record<ServerEngine, ServerKind>> = { postgresql, mysql, mariadb, redis };
