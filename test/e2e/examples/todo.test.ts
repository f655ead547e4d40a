import { expect, test } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { ask } from './ask.ts';
import { plainLine, serveExample } from './serve-example.ts';

const directory = 'examples/todo';

describeEachServer('the to-do example', (server) => {
  test('makes its tables and takes them back', async () => {
    await using database = await server.database();
    const environment = { DATABASE_URL: database.url, ...plainLine };

    expect(await runCli(directory, ['up'], environment)).toMatchObject({ exitCode: 0 });
    expect(await runCli(directory, ['up'], environment)).toMatchObject({ exitCode: 0, stdout: 'nothing to do\n' });
    expect(await runCli(directory, ['down', 'base'], environment)).toMatchObject({ exitCode: 0 });
    expect(await runCli(directory, ['up'], environment)).toMatchObject({ exitCode: 0 });
  });

  test('has commands to create, promote and demote users', async () => {
    await using database = await server.database();
    const environment = { DATABASE_URL: database.url, ...plainLine };
    const user = async (...words: string[]): Promise<{ exitCode: number | null; stdout: string; stderr: string }> =>
      await runCli(directory, ['user', ...words], environment);
    await runCli(directory, ['up'], environment);
    await runCli(directory, ['seed'], environment);

    const created = await user('create', 'mary@example.org');
    const again = await user('create', 'mary@example.org');

    expect(created.stdout).toMatch(/^created mary@example\.org\npassword: \S{16}\n$/);
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('UNIQUE_VIOLATION') as string });
    expect((await user('promote', 'mary@example.org')).stdout).toBe('mary@example.org is an administrator now\n');
    expect((await user('promote', 'mary@example.org')).stdout).toBe('mary@example.org was an administrator already\n');
    expect((await user('demote', 'mary@example.org')).stdout).toBe('mary@example.org is no administrator any more\n');
    expect((await user('demote', 'mary@example.org')).stdout).toBe('mary@example.org was no administrator\n');
    expect((await user('promote', 'nobody@example.org')).stderr).toContain('no user has this address');
  });

  test('is an API over HTTP', async () => {
    await using database = await server.database();
    const environment = { DATABASE_URL: database.url, ...plainLine };
    await runCli(directory, ['up'], environment);
    await runCli(directory, ['seed'], environment);
    await using api = await serveExample(directory, environment);

    const created = await ask('POST', `${api.url}/users`, { email: 'mary@example.org', password: 'not a good one' });
    const { id } = created.body as { id: string };

    expect(created.status).toBe(201);
    expect(JSON.stringify(created.body)).not.toMatch(/password/i);

    const todo = await ask('POST', `${api.url}/todos`, { userId: id, item: 'buy paint', importance: 2 });
    const { id: todoId } = todo.body as { id: string };

    expect(todo).toMatchObject({ status: 201, body: { item: 'buy paint', done: false } });
    expect(await ask('PATCH', `${api.url}/todos/${todoId}`, { done: true })).toMatchObject({ body: { done: true } });
    expect(await ask('GET', `${api.url}/todos?userId=eq.${id}`)).toMatchObject({ body: { items: [{ id: todoId }] } });
    expect((await ask('DELETE', `${api.url}/todos/${todoId}`)).status).toBe(204);
    expect((await ask('GET', `${api.url}/todos/${todoId}`)).status).toBe(404);
    expect((await ask('POST', `${api.url}/users`, { email: 'mary@example.org', password: 'other' })).status).toBe(409);
    expect((await ask('GET', `${api.url}/users?passwordHash=is.null`)).status).toBe(400);
    expect((await ask('GET', `${api.url}/roles?order=name`)).body).toMatchObject({
      items: [{ slug: 'admin' }, { slug: 'user' }],
    });
    expect(await api.stop()).toBe(0);
  });
});
