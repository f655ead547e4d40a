import type { Change } from '../../catalog/change/change.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import { applyRevision, planUp } from '../plan/revision-plan.ts';
import { revisionChecksum } from '../revision/checksum.ts';
import type { PreparedRevision } from '../revision/prepare-revision.ts';
import type { LoadedRevision, Revision } from '../revision/revision.ts';
import { renderScript } from '../script/render-script.ts';

/** The SQL of a revision that is not written yet; where it would be two files, that of each under a line with its phase. */
export function preparedSql(prepared: PreparedRevision, dialect: Dialect): string {
  const { up, contract, before, phase } = prepared;
  const first = unwritten(up, prepared, phase);
  if (contract === undefined) return scriptOf(first, before, dialect);
  const second = unwritten(contract, prepared, 'contract');
  return [
    `-- phase expand: before new code runs\n${scriptOf(first, before, dialect)}`,
    `-- phase contract: after old code has ended\n${scriptOf(second, applyRevision(first, before), dialect)}`,
  ].join('\n');
}

function unwritten(
  up: readonly Change[],
  { message, parents }: PreparedRevision,
  phase: Revision['phase'],
): LoadedRevision {
  const named = phase === undefined ? {} : { phase };
  return { id: 'unwritten', parents, message, up, ...named, file: '', checksum: revisionChecksum({ up }) };
}

function scriptOf(revision: LoadedRevision, before: Catalog, dialect: Dialect): string {
  return renderScript(planUp(revision, before, dialect).statements, dialect);
}
