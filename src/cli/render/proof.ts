import type { Effects } from '../../dialect/effects.ts';
import type { ProvenStatement, RevisionProof } from '../../migration/prove/proof.ts';
import { counted } from './counted.ts';
import { wrap } from './help.ts';
import { renderTable } from './table.ts';

/** What was proven of a revision, with a table of what its statements cost. */
export function renderProof(proof: RevisionProof, width: number): readonly string[] {
  const { revision, filled, reversible, lost, note, statements, comparedWith } = proof;
  const rows = filled.reduce((sum, table) => sum + table.rows, 0);
  const empty = filled.filter((table) => table.rows === 0);
  const ways = reversible ? 'up, down and up again' : 'up only: it has no way down';
  return [
    `${revision.id}  ${revision.message}`,
    `  proven ${ways}, with ${counted(rows, 'row')} in ${counted(filled.length, 'table')}`,
    ...(comparedWith === 'catalog'
      ? []
      : ['  compared with what the revisions make: SQL by hand is no part of the catalog']),
    ...(note === undefined ? [] : [`  ${note}`]),
    ...empty.map(
      ({ table, reason }) => `  no row could be made for ${table}${reason === undefined ? '' : `: ${reason}`}`,
    ),
    ...(lost.length === 0 ? [] : [wrap(`not given back by the way down: ${lost.join(', ')}`, 2)]),
    ...(statements.length === 0 ? [] : [renderTable(header, statements.map(asRow), width)]),
  ];
}

const header = ['', 'statement', 'ms', 'blocks', 'writes anew', 'reads'];

function asRow({ direction, sql, ms, algorithm, effects }: ProvenStatement): readonly string[] {
  return [
    direction,
    sql.replaceAll(/\s+/g, ' '),
    ms < 10 ? ms.toFixed(1) : ms.toFixed(0),
    effects === undefined ? (algorithm ?? '') : strongest(effects),
    effects?.rewrites.map(({ table }) => table).join(', ') ?? '',
    effects === undefined ? '' : String(effects.scans.reduce((sum, { rows }) => sum + rows, 0)),
  ];
}

function strongest({ locks }: Effects): string {
  const blocked = new Set(locks.map(({ blocks }) => blocks));
  return blocked.has('everybody') ? 'everybody' : blocked.has('writers') ? 'writers' : 'nobody';
}
