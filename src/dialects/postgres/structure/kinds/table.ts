import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, KindRules, PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { qualified } from '../../text.ts';
import { foreignOptionChanges, foreignOptions } from '../foreign-options.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { addressOf, idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { optionChanges, optionList, optionsOf, texts } from '../options.ts';
import { moveRows } from '../partition-homes.ts';
import { isForeign, placeOf, sourceOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';
import { canStandInTable } from '../table/can-stand-in-table.ts';
import { overrides } from '../table/column-rules.ts';
import { columnSettings } from '../table/column-settings.ts';
import { listedColumns, tableElements, unlistedColumns } from '../table/table-elements.ts';

interface TableRow {
  readonly schema: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly unlogged: boolean;
  readonly partition_key: string | null;
  readonly access_method: string | null;
  readonly tablespace: string | null;
  readonly options: readonly string[];
  readonly replica_identity: string;
  readonly of_type: string | null;
  /** Of a table that is on another server. */
  readonly server: string | null;
  readonly foreign_options: readonly string[];
}

const tableQuery = `
  select n.nspname as schema, c.relname as name,
    array[${addressOf('pg_class', 'c.oid')}] as addresses,
    c.relpersistence = 'u' as unlogged, pg_get_partkeydef(c.oid) as partition_key,
    case when c.relkind = 'p' then am.amname else nullif(am.amname, 'heap') end as access_method, s.spcname as tablespace,
    coalesce(c.reloptions, '{}') || coalesce((select array_agg('toast.' || o) from unnest(t.reloptions) o), '{}') as options,
    case c.relkind when 'f' then 'd' else c.relreplident end as replica_identity,
    case when c.reloftype <> 0 then c.reloftype::regtype::text end as of_type,
    fs.srvname as server, coalesce(ft.ftoptions, '{}') as foreign_options
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_am am on am.oid = c.relam
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_class t on t.oid = c.reltoastrelid
  left join pg_foreign_table ft on ft.ftrelid = c.oid left join pg_foreign_server fs on fs.oid = ft.ftserver
  where c.relkind in ('r', 'p', 'f') and ${isOwnSchema('n.nspname')}`;

function factOf(row: TableRow): ReadFact {
  const { schema, name } = row;
  return {
    kind: 'table',
    id: idOf('table', schema, name),
    attributes: {
      unlogged: row.unlogged,
      partitionKey: row.partition_key,
      accessMethod: row.access_method,
      tablespace: row.tablespace,
      options: row.options.toSorted(),
      replicaIdentity: row.replica_identity,
      ofType: row.of_type,
      ...(row.server === null ? {} : { server: row.server, foreignOptions: row.foreign_options }),
    },
    requires: [idOf('schema', schema)],
    notes: { schema, table: name, name, options: row.options },
    addresses: row.addresses,
  };
}

const rules: KindRules = {
  create,
  drop,
  alter,
  inlines: canStandInTable,
  refuseReplacement: (fact) => (isForeign(fact) ? undefined : 'a table that holds rows cannot be made anew'),
  occupies: (fact) => relationName(placeOf(fact).schema, placeOf(fact).name),
};

/** Tables: plain, partitioned, partitions, and those of a type. */
export const tableKind: Kind = {
  kind: 'table',
  read: async (connection) => (await readRows<TableRow>(connection, tableQuery, [])).map(factOf),
  rules,
};

function create(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  return [
    step(createTableText(fact, tableOf(fact), context)),
    ...identitySteps(fact),
    ...listedColumns(fact, context).flatMap((column) => columnSettings(column, context)),
    ...unlistedColumns(fact, context).flatMap((column) => overrides(column, context)),
  ];
}

/** A partition whose rows others take has been detached before. */
function drop(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const moved = moveRows(fact, context);
  const table = tableOf(fact);
  if (isForeign(fact)) return [...moved, step(`drop foreign table ${table}`)];
  return [...moved, step(`drop table ${table}`, moved.length === 0 ? { loses: [{ table }] } : {})];
}

function createTableText(fact: Fact, name: string, context: PlanContext): string {
  const { attributes } = fact;
  const elements = tableElements(fact, context);
  const parents = context
    .partsOf(fact, context.to)
    .filter(({ kind }) => kind === 'inheritance')
    .map((link) => qualified(sourceOf(link)));
  const list = `(${elements.length === 0 ? '' : `\n  ${elements.join(',\n  ')}\n`})`;
  const ofType = attributes['ofType'];
  const body = typeof ofType === 'string' ? ` of ${ofType}${elements.length === 0 ? '' : ` ${list}`}` : ` ${list}`;
  return (
    [
      `create ${isForeign(fact) ? 'foreign ' : ''}${attributes['unlogged'] === true ? 'unlogged ' : ''}table ${name}${body}`,
      ...(parents.length === 0 ? [] : [`inherits (${parents.join(', ')})`]),
      ...clause('partition by ', attributes['partitionKey']),
      ...clause('using ', attributes['accessMethod'], quoted),
      ...(optionsOf(fact).length === 0 ? [] : [`with (${optionList(optionsOf(fact))})`]),
      ...clause('tablespace ', attributes['tablespace'], quoted),
      ...clause('server ', attributes['server'], quoted),
    ].join(' ') + foreignOptions(texts(attributes['foreignOptions']))
  );
}

function clause(word: string, value: unknown, print: (name: string) => string = (name) => name): readonly string[] {
  return typeof value === 'string' ? [word + print(value)] : [];
}

/** An index that identifies rows says so itself, once it is there. */
function identitySteps(fact: Fact): readonly DefinitionStatement[] {
  const word = { d: 'default', f: 'full', n: 'nothing' }[factText(fact.attributes['replicaIdentity'])];
  if (word === undefined || word === 'default') return [];
  return [step(`alter table ${tableOf(fact)} replica identity ${word}`)];
}

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [from.attributes, to.attributes];
  const differs = (key: string): boolean => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  if (before['server'] !== after['server']) return { how: 'replace' };
  const table = `alter ${isForeign(to) ? 'foreign ' : ''}table ${tableOf(to)}`;
  const actions = [
    ...(differs('unlogged') ? [`set ${after['unlogged'] === true ? 'unlogged' : 'logged'}`] : []),
    ...(differs('accessMethod') ? [`set access method ${accessMethod(to)}`] : []),
    ...(differs('tablespace') ? [`set tablespace ${quoted(factText(after['tablespace'] ?? 'pg_default'))}`] : []),
    ...optionChanges(optionsOf(from), optionsOf(to)),
    ...(differs('ofType') ? [typeof after['ofType'] === 'string' ? `of ${after['ofType']}` : 'not of'] : []),
    ...(differs('replicaIdentity') ? replicaIdentity(to) : []),
    ...foreignOptionChanges(texts(before['foreignOptions']), texts(after['foreignOptions'])),
  ];
  return { how: 'in-place', steps: actions.map((action) => step(`${table} ${action}`)) };
}

/** A partitioned table that names none leaves it to its partitions. */
function accessMethod({ attributes }: Fact): string {
  const named = attributes['accessMethod'] ?? (typeof attributes['partitionKey'] === 'string' ? null : 'heap');
  return named === null ? 'default' : quoted(factText(named));
}

function replicaIdentity({ attributes }: Fact): readonly string[] {
  const word = { d: 'default', f: 'full', n: 'nothing' }[factText(attributes['replicaIdentity'])];
  return word === undefined ? [] : [`replica identity ${word}`];
}
