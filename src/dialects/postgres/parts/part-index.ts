import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import type { AskedIndex } from './asked-index.ts';
import type { Part, PartIndex, WholeIndex } from './read-parts.ts';
import { serverNames } from './server-names.ts';

/**
 * The index that the partition's part of the whole can be, when it is there: the server, too, takes one of the same
 * definition. To a key it takes a key only; one without a constraint was built for it when it has such a name.
 */
export function readyIndex(part: Part, whole: WholeIndex, asked: AskedIndex): PartIndex | undefined {
  const alike = part.indexes.filter((index) => isAlike(index, whole) && (index.valid || part.kind === 'partitioned'));
  if (whole.constraint === null) return alike[0];
  const names = namesFor(part, whole, asked);
  return (
    alike.find(({ constraint }) => constraint === whole.constraint) ??
    alike.find(({ constraint, name }) => constraint === null && part.kind === 'table' && names.includes(name))
  );
}

/** The name that the server would give to the partition's part. What an earlier try has left has it already. */
export async function ownName(
  part: Part,
  whole: WholeIndex,
  asked: AskedIndex,
  isTaken: (name: string) => Promise<boolean>,
): Promise<ObjectName> {
  for (const name of namesFor(part, whole, asked)) {
    const isLeft = part.indexes.some((index) => index.name === name && !index.valid && isAlike(index, whole));
    if (isLeft || !(await isTaken(name))) return { ...part.table, name };
  }
  throw new RowhouseError('OBJECT_EXISTS', `${part.table.name}: there are too many indexes of the same columns`, {
    details: { table: part.table.name, columns: whole.columns },
    hint: 'drop those that nobody needs',
  });
}

function namesFor({ table }: Part, { columns }: WholeIndex, { kind }: AskedIndex): readonly string[] {
  return serverNames({ table: table.name, columns, kind });
}

function isAlike(index: PartIndex, whole: WholeIndex): boolean {
  return index.unique === whole.unique && index.body === whole.body;
}
