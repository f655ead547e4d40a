import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted } from '../names.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly name: string;
  readonly definition: string;
}

/** How tables or indexes are kept. */
export const accessMethods: Kind = {
  kind: 'access method',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name, definition }) => ({
      kind: 'access method',
      id: idOf('access method', name),
      attributes: { definition },
      requires: [],
      notes: { name: quoted(name) },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [step(`create access method ${noteOf(fact, 'name')} ${textOf(fact.attributes['definition'])}`)],
    drop: (fact) => [step(`drop access method ${noteOf(fact, 'name')}`)],
    alter: () => ({ how: 'replace' }),
  },
};

const query = `
select 'pg_am/' || a.oid || '/0' as "address", a.amname as "name",
  format('type %s handler %s', case a.amtype when 't' then 'table' else 'index' end, a.amhandler::oid::regproc) as "definition"
from pg_am a where a.oid >= 16384 and ${notOfExtension('pg_am', 'a.oid')}`;
