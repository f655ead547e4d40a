import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { accountCount, firstBalance } from './bank.ts';

/** What the customers of a bank were told. */
export interface Experience {
  /** Transfers that were answered with success. */
  readonly confirmed: Set<string>;
  /** Transfers that were answered with a failure that says that nothing took place. */
  readonly refused: Set<string>;
  /** Answers and losses by what they were: `204`, `503 CONNECTION_LOST`, `no answer`. */
  readonly counts: Map<string, number>;
  /** Totals that were read and were not the money there is. */
  readonly wrongTotals: number[];
}

export function noExperience(): Experience {
  return { confirmed: new Set(), refused: new Set(), counts: new Map(), wrongTotals: [] };
}

/** Customers at work. Leaving the block waits for the answers that are due. */
export interface Customers extends AsyncDisposable {
  /** Waits for so many more transfers that are answered with success. */
  confirmed(more: number): Promise<void>;
}

/** Customers who transfer money at random and look at the total now and then, all at the same time. */
export function sendCustomers(url: string, experience: Experience, count = 8): Customers {
  let isOver = false;
  const shops = Array.from({ length: count }, async () => {
    while (!isOver) await (randomInt(5) === 0 ? readTotal(url, experience) : transfer(url, experience));
  });
  return {
    async confirmed(more) {
      const goal = experience.confirmed.size + more;
      while (experience.confirmed.size < goal) await delay(1);
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await Promise.all(shops);
    },
  };
}

async function transfer(url: string, { confirmed, refused, counts }: Experience): Promise<void> {
  const id = randomUUID();
  const payer = randomInt(accountCount);
  const payee = (payer + 1 + randomInt(accountCount - 1)) % accountCount;
  const body = JSON.stringify({ id, payer, payee, amount: 1 + randomInt(40) });
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(`${url}/transfers`, { method: 'POST', headers, body }, counts);
  if (answer === undefined) return;
  if (answer.status < 300) confirmed.add(id);
  else if (answer.body.code !== 'COMMIT_OUTCOME_UNKNOWN') refused.add(id);
}

async function readTotal(url: string, { counts, wrongTotals }: Experience): Promise<void> {
  const answer = await ask(`${url}/total`, {}, counts);
  const total = answer?.status === 200 ? answer.body.total : undefined;
  if (total !== undefined && total !== accountCount * firstBalance) wrongTotals.push(total);
}

interface Answer {
  readonly status: number;
  readonly body: { readonly code?: string; readonly total?: number };
}

async function ask(url: string, init: RequestInit, counts: Map<string, number>): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) });
    const text = await response.text();
    answer = { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
  } catch {
    await delay(5); // the process is gone: who asks again at once only keeps the processor busy
  }
  const what = answer === undefined ? 'no answer' : [answer.status, answer.body.code].filter(Boolean).join(' ');
  counts.set(what, (counts.get(what) ?? 0) + 1);
  return answer;
}
