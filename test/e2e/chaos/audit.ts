import { accounts, firstBalance, openBank, transfers } from './bank.ts';
import type { Experience } from './customers.ts';

/** What is wrong with a bank's books; all empty when its customers were told the truth and no money came or went. */
export interface Audit {
  /** Transfers that were confirmed and are not there. */
  readonly lost: readonly string[];
  /** Transfers that were refused and are there. */
  readonly unwanted: readonly string[];
  /** Accounts whose balance is not what the transfers make it. */
  readonly unbalanced: readonly number[];
  readonly wrongTotals: readonly number[];
}

export const nothingWrong: Audit = { lost: [], unwanted: [], unbalanced: [], wrongTotals: [] };

/** Compares the books with each other and with what the customers were told. */
export async function audit(url: string, { confirmed, refused, wrongTotals }: Experience): Promise<Audit> {
  await using database = await openBank(url);
  const { made, balances } = await database.transaction(
    async (tx) => ({
      made: await tx.repository(transfers).list(),
      balances: await tx.repository(accounts).list(),
    }),
    { isolation: 'serializable', readOnly: true },
  );
  const ids = new Set(made.map(({ id }) => id));
  const expected = new Map(balances.map(({ id }) => [id, firstBalance]));
  const add = (id: number, amount: number): unknown => expected.set(id, (expected.get(id) ?? 0) + amount);
  for (const { payer, payee, amount } of made) {
    add(payer, -amount);
    add(payee, amount);
  }
  return {
    lost: [...confirmed].filter((id) => !ids.has(id)),
    unwanted: [...refused].filter((id) => ids.has(id)),
    unbalanced: balances.filter(({ id, balance }) => balance !== expected.get(id)).map(({ id }) => id),
    wrongTotals,
  };
}
