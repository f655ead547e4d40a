import type { Database } from '../../../src/database/database.ts';

/** A node that applies nothing of what the others commit, until it goes on. */
export interface HeldUpNode extends AsyncDisposable {
  goOn(): Promise<void>;
}

/** Lets a node fall behind, as one does that is copied from: it leaves the common pace meanwhile. Reading from it goes on. */
export async function holdUp(node: Database): Promise<HeldUpNode> {
  return await hold(node, 'flush tables with read lock');
}

/** Lets a node fall behind that stays in the common pace: the others wait for it. */
export async function slowDown(node: Database, table: string): Promise<HeldUpNode> {
  return await hold(node, `lock tables ${table} read`);
}

async function hold(node: Database, lock: string): Promise<HeldUpNode> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const holding = node.pinned(async (session) => {
    await session.script(lock);
    begin();
    await over;
    await session.script('unlock tables');
  });
  const goOn = async (): Promise<void> => {
    end();
    await holding;
  };
  await Promise.race([begun, holding]);
  return { goOn, [Symbol.asyncDispose]: goOn };
}
