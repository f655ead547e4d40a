import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
}

interface Dictionary {
  readonly template: string;
  readonly options: string | null;
}

interface Configuration {
  readonly parser: string;
  /** The dictionaries of each kind of token. */
  readonly mappings: Readonly<Record<string, string>>;
}

/** Text search dictionaries. */
export const textSearchDictionaries: Kind = {
  kind: 'text search dictionary',
  async read(connection) {
    const rows = await readRows<Row & Dictionary>(connection, dictionaryQuery, []);
    return rows.map(({ address, schema, name, template, options }) => ({
      kind: 'text search dictionary',
      id: idOf('text search dictionary', schema, name),
      attributes: { template, options },
      requires: [],
      notes: { name: quoted(schema, name) },
      addresses: [address],
    }));
  },
  rules: {
    create(fact) {
      const { template, options } = attributesOf<Dictionary>(fact);
      const all = [`template = ${template}`, ...(options === null ? [] : [options])].join(', ');
      return [step(`create text search dictionary ${noteOf(fact, 'name')} (${all})`)];
    },
    drop: (fact) => [step(`drop text search dictionary ${noteOf(fact, 'name')}`)],
    alter: () => ({ how: 'replace' }),
  },
};

/** Text search configurations. */
export const textSearchConfigurations: Kind = {
  kind: 'text search configuration',
  async read(connection) {
    const rows = await readRows<Row & Configuration>(connection, configurationQuery, []);
    return rows.map(({ address, schema, name, parser, mappings }) => ({
      kind: 'text search configuration',
      id: idOf('text search configuration', schema, name),
      attributes: { parser, mappings },
      requires: [],
      notes: { name: quoted(schema, name) },
      addresses: [address],
    }));
  },
  rules: {
    create(fact) {
      const { parser, mappings } = attributesOf<Configuration>(fact);
      return [
        step(`create text search configuration ${noteOf(fact, 'name')} (parser = ${parser})`),
        ...Object.entries(mappings).map(([token, with_]) => change(fact, `add mapping for ${token} with ${with_}`)),
      ];
    },
    drop: (fact) => [step(`drop text search configuration ${noteOf(fact, 'name')}`)],
    alter: alterConfiguration,
    rank: 1,
  },
};

function alterConfiguration(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Configuration>(from), attributesOf<Configuration>(to)];
  if (before.parser !== after.parser) return { how: 'replace' };
  const gone = Object.keys(before.mappings).filter((token) => after.mappings[token] === undefined);
  const changed = Object.entries(after.mappings).filter(([token, found]) => before.mappings[token] !== found);
  return {
    how: 'in-place',
    steps: [
      ...gone.map((token) => change(to, `drop mapping for ${token}`)),
      ...changed.map(([token, found]) =>
        change(to, `${before.mappings[token] === undefined ? 'add' : 'alter'} mapping for ${token} with ${found}`),
      ),
    ],
  };
}

function change(fact: Fact, sql: string): DefinitionStatement {
  return step(`alter text search configuration ${noteOf(fact, 'name')} ${sql}`);
}

const dictionaryQuery = `
select 'pg_ts_dict/' || d.oid || '/0' as "address", n.nspname as "schema", d.dictname as "name",
  format('%I.%I', tn.nspname, t.tmplname) as "template", d.dictinitoption as "options"
from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace tn on tn.oid = t.tmplnamespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_ts_dict', 'd.oid')}`;

const configurationQuery = `
select 'pg_ts_config/' || c.oid || '/0' as "address", n.nspname as "schema", c.cfgname as "name",
  format('%I.%I', pn.nspname, p.prsname) as "parser",
  coalesce((select jsonb_object_agg(quote_ident(m.alias), m.dictionaries) from (
    select t.alias, string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno) as dictionaries
    from pg_ts_config_map m join ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype
    where m.mapcfg = c.oid group by t.alias) m), '{}') as "mappings"
from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_ts_config', 'c.oid')}`;
