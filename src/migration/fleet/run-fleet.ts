import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { ErrorCode } from '../../errors/codes.ts';

/** How one command goes over many databases. */
export interface FleetOptions<Member> {
  /** So many go first, one after the other; a failure of one of them stops everything. Default 1. */
  readonly canary?: number | undefined;
  /** How many are worked on at the same time after that. Default 4. */
  readonly atOnce?: number | undefined;
  /** No further database is begun once this says so. Default: one has failed. */
  readonly isSpent?: ((failed: number, members: number) => boolean) | undefined;
  /** Databases of which this is true are left out before anything begins, so that none of them is a canary. */
  readonly isThere?: ((member: Member) => Promise<boolean>) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((finished: number, members: number) => void) | undefined;
}

/** What became of one database. */
export type MemberOutcome<Member> =
  | { readonly member: Member; readonly state: 'done' | 'already'; readonly at?: string }
  | { readonly member: Member; readonly state: 'failed'; readonly code: ErrorCode; readonly message: string }
  | { readonly member: Member; readonly state: 'not tried' };

/** What work on one database gives: whether there was anything to do, and where the database stands. */
export interface MemberWork {
  readonly state: 'done' | 'already';
  readonly at?: string;
}

/**
 * Does the same work on many databases: canaries first, then several at a time, until all are done or too many have
 * failed. What is under way is finished; the rest is not tried.
 *
 * @example
 * ```ts
 * const outcomes = await runFleet(tenants, async (tenant) => await upgradeTenant(tenant), { atOnce: 8 });
 * ```
 */
export async function runFleet<Member>(
  members: readonly Member[],
  work: (member: Member) => Promise<MemberWork>,
  options: FleetOptions<Member> = {},
): Promise<readonly MemberOutcome<Member>[]> {
  const { canary = 1, atOnce = 4, isSpent = (failed) => failed > 0, isThere, signal, onProgress } = options;
  const outcomes = new Map<Member, MemberOutcome<Member>>();
  const record = (outcome: MemberOutcome<Member>): void => {
    outcomes.set(outcome.member, outcome);
    onProgress?.(outcomes.size, members.length);
  };
  const failures = (): number => [...outcomes.values()].filter(({ state }) => state === 'failed').length;
  onProgress?.(0, members.length);
  if (isThere !== undefined) {
    await inTurns(
      members,
      atOnce,
      () => signal?.aborted === true,
      async (member) => {
        if (await isThere(member)) record({ member, state: 'already' });
      },
    );
  }
  const waiting = members.filter((member) => !outcomes.has(member));
  const attempt = async (member: Member): Promise<void> => record(await outcomeOf(member, work));
  const first = waiting.slice(0, canary);
  await inTurns(first, 1, () => signal?.aborted === true || failures() > 0, attempt);
  if (failures() === 0) {
    const isOver = (): boolean => signal?.aborted === true || isSpent(failures(), members.length);
    await inTurns(waiting.slice(first.length), atOnce, isOver, attempt);
  }
  return members.map((member) => outcomes.get(member) ?? { member, state: 'not tried' });
}

async function outcomeOf<Member>(
  member: Member,
  work: (member: Member) => Promise<MemberWork>,
): Promise<MemberOutcome<Member>> {
  try {
    return { member, ...(await work(member)) };
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    return { member, state: 'failed', code: error.code, message: error.message };
  }
}

/** Works through a list with so many at a time, until it is over. */
async function inTurns<Item>(
  items: readonly Item[],
  atOnce: number,
  isOver: () => boolean,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      if (isOver()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
