import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { idOf, isOwnSchema } from '../names.ts';
import { tableOf } from '../relation.ts';
import { step } from '../step.ts';

interface RowSecurityRow {
  readonly schema: string;
  readonly table: string;
  readonly enabled: boolean;
  readonly forced: boolean;
}

const rowSecurityQuery = `
  select n.nspname as schema, c.relname as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and (c.relrowsecurity or c.relforcerowsecurity) and ${isOwnSchema('n.nspname')}`;

function factOf({ schema, table, enabled, forced }: RowSecurityRow): ReadFact {
  return {
    kind: 'row security',
    id: idOf('row security', schema, table),
    parent: idOf('table', schema, table),
    attributes: { enabled, forced },
    requires: [],
    notes: { schema, table, name: table },
    addresses: [],
  };
}

/** That a table shows rows only through its policies. Comes after the policies: without one it hides every row. */
export const rowSecurityKind: Kind = {
  kind: 'row security',
  read: async (connection) => (await readRows<RowSecurityRow>(connection, rowSecurityQuery, [])).map(factOf),
  rules: {
    create: (fact) =>
      switches({ ...fact, attributes: { enabled: false, forced: false } }, fact).map((sql) => step(sql)),
    drop: (fact) => switches(fact, { ...fact, attributes: { enabled: false, forced: false } }).map((sql) => step(sql)),
    alter: (from, to) => ({ how: 'in-place', steps: switches(from, to).map((sql) => step(sql)) }),
    rank: 900,
  },
};

function switches(from: Fact, to: Fact): readonly string[] {
  const alter = `alter table ${tableOf(to)}`;
  const [before, after] = [from.attributes, to.attributes];
  return [
    ...(before['enabled'] === after['enabled']
      ? []
      : [`${alter} ${after['enabled'] === true ? 'enable' : 'disable'} row level security`]),
    ...(before['forced'] === after['forced']
      ? []
      : [`${alter} ${after['forced'] === true ? 'force' : 'no force'} row level security`]),
  ];
}
