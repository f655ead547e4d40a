import type { Sequence } from '../../../catalog/model/sequence.ts';
import { newQualified, postgresText, qualified } from '../text.ts';
import { commentText, setComment } from './comment.ts';
import { allNumberOptions, numberOptions } from './number-source.ts';

/** A sequence of 64-bit numbers unless it says another type, and its comment. */
export function createSequence(sequence: Sequence): readonly string[] {
  const { type } = sequence;
  return [
    [
      `create sequence ${newQualified(sequence)}`,
      ...(type === undefined ? [] : [`as ${type}`]),
      ...numberOptions(sequence),
      ...(sequence.ownedBy === undefined ? [] : [`owned by ${ownerText(sequence.ownedBy)}`]),
    ].join(' '),
    ...commentText(`sequence ${qualified(sequence)}`, sequence.comment),
  ];
}

/** The statements that give a sequence other bounds and steps; what it gave out last stays. */
export function alterSequence(sequence: Sequence, before: Sequence | undefined): readonly string[] {
  const options = [
    `as ${sequence.type ?? 'bigint'}`,
    ...allNumberOptions(sequence),
    `owned by ${sequence.ownedBy === undefined ? 'none' : ownerText(sequence.ownedBy)}`,
  ];
  return [
    `alter sequence ${qualified(sequence)} ${options.join(' ')}`,
    ...(before?.comment === sequence.comment ? [] : [setComment(`sequence ${qualified(sequence)}`, sequence.comment)]),
  ];
}

function ownerText({ table, column }: NonNullable<Sequence['ownedBy']>): string {
  return `${qualified(table)}.${postgresText.name(column)}`;
}
