import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeServers } from '../servers/describe-each-server.ts';
import { runCli } from './run-cli.ts';
import { makeShop, variablesFor } from './shop-project.ts';

const guide = readFileSync('docs/guide/operations.md', 'utf8');

/** The probe of the guide's Compose file. */
const [, program = '', ...words] = JSON.parse(/healthcheck: \{ test: (\[.*?\])/.exec(guide)?.[1] ?? '[]') as string[];

async function exitCodeOf(port: string): Promise<unknown> {
  const [code] = await once(spawn(program, [...words, '-h', '127.0.0.1', '-p', port], { stdio: 'ignore' }), 'close');
  return code as unknown;
}

describeServers(['postgresql'], 'the probe of the guide', (server) => {
  test('says what wait says: yes of a server that answers, no where there is none', async () => {
    await using temporary = await server.database();
    const { port } = new URL(temporary.url);
    const away = temporary.url.replace(`:${port}/`, ':1/');
    const wait = async (url: string): Promise<number | null> =>
      (await runCli(makeShop(), ['wait', '--timeout', '1'], variablesFor(url))).exitCode;

    expect([program, ...words]).toEqual(['pg_isready', '-U', 'app']);
    expect([await exitCodeOf(port), await wait(temporary.url)]).toEqual([0, 0]);
    expect([await exitCodeOf('1'), await wait(away)]).toEqual([2, 1]);
  });
});
