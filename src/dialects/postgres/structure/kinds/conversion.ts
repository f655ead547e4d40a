import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Attributes {
  readonly standard: boolean;
  /** `for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8`. */
  readonly definition: string;
}

interface Row extends Attributes {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
}

/** Conversions between encodings. */
export const conversions: Kind = {
  kind: 'conversion',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, standard, definition }) => ({
      kind: 'conversion',
      id: idOf('conversion', schema, name),
      attributes: { standard, definition },
      requires: [],
      notes: { name: quoted(schema, name) },
      addresses: [address],
    }));
  },
  rules: {
    create(fact) {
      const { standard, definition } = attributesOf<Attributes>(fact);
      return [step(`create ${standard ? 'default ' : ''}conversion ${noteOf(fact, 'name')} ${definition}`)];
    },
    drop: (fact) => [step(`drop conversion ${noteOf(fact, 'name')}`)],
    alter: () => ({ how: 'replace' }),
  },
};

const query = `
select 'pg_conversion/' || c.oid || '/0' as "address", n.nspname as "schema", c.conname as "name",
  c.condefault as "standard",
  format('for %L to %L from %s', pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding),
    c.conproc::oid::regproc) as "definition"
from pg_conversion c join pg_namespace n on n.oid = c.connamespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_conversion', 'c.oid')}`;
