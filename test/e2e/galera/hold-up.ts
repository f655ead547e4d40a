import type { Database } from '../../../src/database/database.ts';

/** A node that applies nothing of what the others commit, until it goes on. */
export interface HeldUpNode extends AsyncDisposable {
  goOn(): Promise<void>;
}

/** Lets a node fall behind, as one does that is busy with a long definition. Reading from it goes on. */
export async function holdUp(node: Database): Promise<HeldUpNode> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const holding = node.pinned(async (session) => {
    await session.script('flush tables with read lock');
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
