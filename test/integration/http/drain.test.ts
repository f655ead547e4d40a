import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { expect, test } from 'vitest';
import { createApi } from '../../../src/http/create-api.ts';
import { serve } from '../../../src/http/serve.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { sql } from '../../../src/sql/sql.ts';
import { until } from '../../../src/testing/server/until.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';

const counts = table('count', { id: integer().primaryKey() });

interface Reply {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: string;
}

async function send(address: string, method: string, agent: Agent): Promise<Reply> {
  const sent = request(address, { method, agent });
  sent.end();
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, connection: response.headers.connection, body };
}

describeServers(['postgresql-15', 'sqlite'], 'a process that serves', (server) => {
  test('finishes the requests under way on SIGTERM and refuses new ones', async () => {
    await using temporary = await server.database();
    const database = await openUrl(temporary.url);
    await database.execute(sql`create table count (id integer primary key)`);
    const child = spawn(process.execPath, ['test/integration/http/serve-until-told.ts', temporary.url], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const says = async (words: string): Promise<boolean> =>
      await until(() => said.includes(words), { withinMs: 20_000 });
    using agent = Object.assign(new Agent({ keepAlive: true }), { [Symbol.dispose]: () => agent.destroy() });
    const ended = once(child, 'close');

    expect(await says('http://')).toBe(true);
    const url = said.trim();
    const idle = await send(`${url}/livez`, 'GET', agent);
    const slow = send(`${url}/slow`, 'POST', agent);
    expect(await says('begun')).toBe(true);
    child.kill('SIGTERM');
    expect(await says('closing')).toBe(true);
    const refused = await send(`${url}/livez`, 'GET', new Agent()).catch((error: unknown) => error);
    child.stdin.write('go on\n');
    const reply = await slow;

    expect(idle.connection).toBe('keep-alive');
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    expect(reply).toEqual({ status: 200, connection: 'close', body: '{"id":1}' });
    expect(await ended).toEqual([0, null]);
    expect(said).toContain('closed');
    expect(await createRepository(counts, database).count()).toBe(1);
    await database.close();
  });

  test('says that it is not ready while it waits to be left alone, and serves all the same', async () => {
    await using temporary = await server.database();
    const database = await openUrl(temporary.url);
    const api = createApi(database, []);
    const running = await serve(api, { port: 0 });
    const status = async (path: string): Promise<number> => (await fetch(running.url + path)).status;

    const before = await status('/readyz');
    const closed = running.close({ graceMs: 1_000 });
    const during = [await status('/readyz'), await status('/livez'), await status('/openapi.json')];
    await closed;
    await database.close();

    expect(before).toBe(200);
    expect(during).toEqual([503, 200, 200]);
  });
});
