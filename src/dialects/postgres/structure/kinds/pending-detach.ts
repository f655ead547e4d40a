import { refused } from '../../../../dialect/structure/compare.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { endDetach } from '../../online/partition.ts';
import type { Kind } from '../kind.ts';
import { sourceOf, tableNameOf } from '../relation.ts';
import { linkFact, linkQuery, type LinkRow } from './link-row.ts';

const pendingQuery = linkQuery('i.inhdetachpending');

/**
 * That a partition is on its way out: detaching it concurrently was stopped halfway. There is no way back, so all else of
 * it is read as what it is about to be, a table of its own.
 */
export const pendingDetachKind: Kind = {
  kind: 'pending detach',
  read: async (connection) =>
    (await readRows<LinkRow>(connection, pendingQuery, [])).map((row) => linkFact('pending detach', row)),
  rules: {
    create: refuse,
    drop: (fact) => [endOf(fact)],
    alter: (_from, to) => refuse(to),
  },
};

/** Makes it a table of its own. */
export function endOf(fact: Fact): DefinitionStatement {
  return endDetach({ parent: sourceOf(fact), partition: tableNameOf(fact) });
}

function refuse({ id }: Fact): never {
  throw refused(
    id,
    'it was stopped halfway, and nobody can want that: end it there with `detach partition … finalize`',
  );
}
