import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Attributes {
  readonly trusted: boolean;
  /** `handler h inline i validator v`. */
  readonly functions: string;
}

interface Row extends Attributes {
  readonly address: string;
  readonly name: string;
}

/** Languages of routines that no extension brought. */
export const languages: Kind = {
  kind: 'language',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name, trusted, functions }) => ({
      kind: 'language',
      id: idOf('language', name),
      attributes: { trusted, functions },
      requires: [],
      notes: { name: quoted(name) },
      addresses: [address],
    }));
  },
  rules: {
    create(fact) {
      const { trusted, functions } = attributesOf<Attributes>(fact);
      return [step(`create ${trusted ? 'trusted ' : ''}language ${noteOf(fact, 'name')} ${functions}`)];
    },
    drop: (fact) => [step(`drop language ${noteOf(fact, 'name')}`)],
    alter: () => ({ how: 'replace' }),
  },
};

const query = `
select 'pg_language/' || l.oid || '/0' as "address", l.lanname as "name", l.lanpltrusted as "trusted",
  concat_ws(' ', 'handler ' || l.lanplcallfoid::regproc,
    case when l.laninline <> 0 then 'inline ' || l.laninline::regproc end,
    case when l.lanvalidator <> 0 then 'validator ' || l.lanvalidator::regproc end) as "functions"
from pg_language l where l.oid >= 16384 and ${notOfExtension('pg_language', 'l.oid')}`;
