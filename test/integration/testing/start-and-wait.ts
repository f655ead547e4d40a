// Run as a process of its own: starts a server, says where it is, and waits to be killed.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerEngine } from '../../../src/testing/server/private-server.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';

const [engine, version] = process.argv.slice(2);
const server = await startServer({ engine: engine as ServerEngine, version });
console.log(JSON.stringify({ port: server.port, directory: server.socketDirectory }));
await sleep(60_000);
