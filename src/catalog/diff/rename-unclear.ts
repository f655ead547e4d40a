import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { PossibleRename } from './possible-renames.ts';
import { renameHint, type RenameHint } from './rename-hint.ts';
import { newNameOf } from './rename.ts';

/** The error for names that are gone while something like them is new. It lists both answers to each. */
export function renameUnclear(possible: readonly PossibleRename[]): RowhouseError {
  const sentences = possible.map(
    ({ what, gone, renames }) =>
      `${what} ${gone} is gone and ${renames.map(newNameOf).join(', ')} is new: a rename, or a drop and a new ${what}`,
  );
  const renamed = JSON.stringify({ renames: firstAnswers(possible) });
  const dropped = JSON.stringify({ drops: possible.map(({ gone }) => gone) });
  return new RowhouseError('RENAME_UNCLEAR', sentences.join('; '), {
    details: { unclear: possible.map(({ gone, renames }) => ({ gone, new: renames.map(newNameOf) })) },
    hint: `say renamedFrom in the schema, or give a file with --hints: ${renamed} if renamed, ${dropped} if it is to go`,
  });
}

/** A rename for each question, where there are enough new names: no two become the same. */
function firstAnswers(possible: readonly PossibleRename[]): readonly RenameHint[] {
  const taken = new Set<string>();
  return possible.flatMap(({ gone, renames }) => {
    const place = gone.slice(0, gone.lastIndexOf('.') + 1);
    const free = renames.find((rename) => !taken.has(place + newNameOf(rename)));
    if (free === undefined) return [];
    taken.add(place + newNameOf(free));
    return [renameHint(free)];
  });
}
