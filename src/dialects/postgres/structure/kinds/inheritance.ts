import { readRows } from '../../inspect/read-rows.ts';
import { qualified } from '../../text.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { idOf } from '../names.ts';
import { sourceOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';
import { linkFact, linkQuery, type LinkRow } from './link-row.ts';

const inheritanceQuery = linkQuery(`c.relkind in ('r', 'f') and not c.relispartition`);

/** A table may inherit from several. */
function factOf(row: LinkRow): ReadFact {
  const fact = linkFact('inheritance', row);
  return {
    ...fact,
    id: idOf('inheritance', row.schema, row.table, row.source_schema, row.source),
    attributes: {},
    notes: { ...fact.notes, name: row.source },
  };
}

/** That a table gets the columns and checks of another and is read with it. */
export const inheritanceKind: Kind = {
  kind: 'inheritance',
  read: async (connection) => (await readRows<LinkRow>(connection, inheritanceQuery, [])).map(factOf),
  rules: {
    create: (fact) => [step(`alter table ${tableOf(fact)} inherit ${qualified(sourceOf(fact))}`)],
    drop: (fact) => [step(`alter table ${tableOf(fact)} no inherit ${qualified(sourceOf(fact))}`)],
    alter: () => ({ how: 'in-place', steps: [] }),
    rank: -2000,
  },
};
