import type { Fact } from '../../../../dialect/structure/fact.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted, quotedText } from '../names.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly provider: string;
  readonly locale: string | null;
  readonly collate: string | null;
  readonly ctype: string | null;
  readonly rules: string | null;
  readonly deterministic: boolean;
}

/** Collations. */
export const collations: Kind = {
  kind: 'collation',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, ...attributes }) => ({
      kind: 'collation',
      id: idOf('collation', schema, name),
      attributes,
      requires: [],
      notes: { name: quoted(schema, name) },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [step(`create collation ${noteOf(fact, 'name')} (${options(fact)})`)],
    drop: (fact) => [step(`drop collation ${noteOf(fact, 'name')}`)],
    alter: () => ({ how: 'replace' }),
  },
};

function options({ attributes }: Fact): string {
  const option = (name: string, value: unknown): readonly string[] =>
    typeof value === 'string' ? [`${name} = ${quotedText(value)}`] : [];
  const { provider, locale, collate, ctype, rules, deterministic } = attributes;
  return [
    `provider = ${textOf(provider)}`,
    ...option('locale', locale),
    ...option('lc_collate', collate),
    ...option('lc_ctype', ctype),
    ...option('rules', rules),
    ...(deterministic === false ? ['deterministic = false'] : []),
  ].join(', ');
}

/** The columns of `pg_collation` are named differently from version to version, so they are read as JSON. */
const query = `
select 'pg_collation/' || c.oid || '/0' as "address", n.nspname as "schema", c.collname as "name",
  case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end as "provider",
  case when c.collprovider in ('i', 'b') then coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale') end as "locale",
  case when c.collprovider = 'c' then c.collcollate end as "collate",
  case when c.collprovider = 'c' then c.collctype end as "ctype",
  to_jsonb(c) ->> 'collicurules' as "rules", c.collisdeterministic as "deterministic"
from pg_collation c join pg_namespace n on n.oid = c.collnamespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_collation', 'c.oid')}`;
