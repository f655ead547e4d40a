import { flushCompileCache } from 'node:module';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { createApi } from '../../../src/http/create-api.ts';
import { route } from '../../../src/http/router/custom-route.ts';
import { serve } from '../../../src/http/serve.ts';
import { sql } from '../../../src/index.ts';
import { accounts, openBank, transfers } from './bank.ts';

// The bank's API in a process of its own: writes its address and serves until it is killed.
const [url = ''] = process.argv.slice(2);

const pay = route('POST', '/transfers', async ({ session, repository, body }) => {
  const transfer = body as typeof transfers.$row;
  await repository(transfers).insert(transfer);
  const { payer, payee, amount } = transfer;
  await session.execute(sql`update account set balance = balance - ${amount} where id = ${payer}`);
  await session.execute(sql`update account set balance = balance + ${amount} where id = ${payee}`);
});

const total = route('GET', '/total', async ({ repository }) => {
  const rows = await repository(accounts).list();
  return { total: rows.reduce((sum, { balance }) => sum + balance, 0) };
});

const database = await openBank(url);

// What a killed server does to a request has a code of its own, and the test sees it in the answer; anything else is a complaint.
const onError = (error: unknown): void => {
  if (!(error instanceof RowhouseError) || error.code === 'INTERNAL') console.error(error);
};
const server = await serve(createApi(database, [pay, total], { onError }), { port: 0 });
flushCompileCache(); // a process that is killed keeps nothing of what it has compiled
process.stdout.write(`${server.url}\n`);
