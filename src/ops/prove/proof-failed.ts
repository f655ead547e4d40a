import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import type { Difference } from '../compare/structure-differences.ts';

type Found = Difference | string;

const verbs = { added: 'has', missing: 'lacks', changed: 'differs in' } as const;

/** After going in this direction the database is not what it must be. */
export function proofFailed(revision: LoadedRevision, direction: string, differences: readonly Found[]): RowhouseError {
  const [first = '', ...others] = differences.map(sentence);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return new RowhouseError(
    'PROOF_FAILED',
    `revision ${revision.id} (${revision.message}), ${direction}: ${first}${more}`,
    {
      details: { revision: revision.id, file: revision.file, direction, differences: [first, ...others] },
      hint: 'the way up or down does not do what its changes say; correct the revision before any database has it',
    },
  );
}

/** A statement of the revision did not run. */
export function runFailed(revision: LoadedRevision, direction: string, error: unknown): unknown {
  if (!(error instanceof RowhouseError) || error.code === 'CANCELLED') return error;
  const said = error.message.replace(`revision ${revision.id} (${revision.message}): `, '');
  return new RowhouseError('PROOF_FAILED', `revision ${revision.id} (${revision.message}), ${direction}: ${said}`, {
    details: { ...error.details, revision: revision.id, file: revision.file, direction, code: error.code },
    hint: error.hint,
    cause: error,
  });
}

function sentence(found: Found): string {
  if (typeof found === 'string') return found;
  const { change, object, attributes = [] } = found;
  const names = attributes.map(({ name }) => name).join(', ');
  return `the database ${verbs[change]} ${object}${names === '' ? '' : `: ${names}`}`;
}
