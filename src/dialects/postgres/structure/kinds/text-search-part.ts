import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly options: string;
}

/** What splits text into words for the search. */
export const textSearchParsers: Kind = partOfSearch('text search parser', {
  catalog: 'pg_ts_parser',
  prefix: 'prs',
  functions: { start: 'start', gettoken: 'token', end: 'end', lextypes: 'lextype', headline: 'headline' },
});

/** What the dictionaries of the search are made from. */
export const textSearchTemplates: Kind = partOfSearch('text search template', {
  catalog: 'pg_ts_template',
  prefix: 'tmpl',
  functions: { init: 'init', lexize: 'lexize' },
});

interface Functions {
  readonly catalog: string;
  /** How the names of the catalog's columns begin. */
  readonly prefix: string;
  /** Columns by the option that sets them. */
  readonly functions: Readonly<Record<string, string>>;
}

function partOfSearch(kind: string, functions: Functions): Kind {
  return {
    kind,
    async read(connection) {
      const rows = await readRows<Row>(connection, query(functions), []);
      return rows.map(({ address, schema, name, options }) => ({
        kind,
        id: idOf(kind, schema, name),
        attributes: { options },
        requires: [],
        notes: { name: quoted(schema, name) },
        addresses: [address],
      }));
    },
    rules: {
      create: (fact) => [step(`create ${named(fact)} (${textOf(fact.attributes['options'])})`)],
      drop: (fact) => [step(`drop ${named(fact)}`)],
      alter: () => ({ how: 'replace' }),
    },
  };
}

function named(fact: Fact): string {
  return `${fact.kind} ${noteOf(fact, 'name')}`;
}

function query({ catalog, prefix, functions }: Functions): string {
  const options = Object.entries(functions).map(
    ([option, column]) =>
      `case when o.${prefix}${column} <> 0 then '${option} = ' || o.${prefix}${column}::oid::regproc end`,
  );
  return `
select '${catalog}/' || o.oid || '/0' as "address", n.nspname as "schema", o.${prefix}name as "name",
  concat_ws(', ', ${options.join(', ')}) as "options"
from ${catalog} o join pg_namespace n on n.oid = o.${prefix}namespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension(catalog, 'o.oid')}`;
}
