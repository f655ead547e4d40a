import type { Database } from '../../database/database.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { makeScratch, type ScratchPlace } from './scratch-database.ts';

/** One side of a comparison: a database, or a definition that is made on a scratch database first. */
export type Source =
  | { readonly kind: 'database'; readonly place: ScratchPlace }
  | {
      readonly kind: 'definition';
      readonly make: (session: PinnedSession) => Promise<void>;
      /** True: the words in which it is made are those of Rowhouse, and nobody chose them. */
      readonly isCompiled?: true;
    };

/** A side that can be read. Leaving its `await using` block closes it, and drops what was made for it. */
export interface OpenSource extends AsyncDisposable {
  readonly database: Database;
}

/** Opens a side; a definition is made on a scratch database of `place`. */
export async function openSource(source: Source, place: ScratchPlace): Promise<OpenSource> {
  switch (source.kind) {
    case 'database': {
      const database = await source.place.open();
      return { database, [Symbol.asyncDispose]: async () => await database.close() };
    }
    case 'definition': {
      await using stack = new AsyncDisposableStack();
      const scratch = stack.use(await makeScratch(place));
      await scratch.database.pinned(source.make);
      const kept = stack.move();
      return { database: scratch.database, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
    }
  }
}
