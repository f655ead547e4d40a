import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly name: string;
}

/** Schemas. */
export const schemas: Kind = {
  kind: 'schema',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name }) => ({
      kind: 'schema',
      id: idOf('schema', name),
      attributes: {},
      requires: [],
      notes: { name: quoted(name) },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [step(`create schema ${noteOf(fact, 'name')}`)],
    drop: (fact) => [step(`drop schema ${noteOf(fact, 'name')}`)],
    alter: () => ({ how: 'replace' }),
    refuseReplacement: () => 'a schema is not made anew while something is in it',
    rank: -100,
  },
};

const query = `
select 'pg_namespace/' || n.oid || '/0' as "address", n.nspname as "name"
from pg_namespace n where ${isOwnSchema('n.nspname')}`;
