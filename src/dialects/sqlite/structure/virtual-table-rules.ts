import type { DefinitionStatement, Loss } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { Alteration, KindRules, PlanContext } from '../../../dialect/structure/rules.ts';
import { tokenize, unquote } from '../inspect/tokens.ts';
import { underVirtualName } from '../rebuild/table-text.ts';
import { temporaryName } from '../rebuild/temporary-name.ts';
import { sqliteText } from '../text.ts';
import { dropRows, nameOf, plain, relationName } from './object-rules.ts';
import { textOf, wordOf } from './table-fact.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** Virtual tables: the module keeps the rows, so one that changes is filled anew from the old one, or from its source. */
export const virtualTableRules: KindRules = {
  create: (fact) => [plain(textOf(fact))],
  drop: (fact) => [dropRows(fact)],
  alter: alterVirtualTable,
  refuseReplacement: () => 'it holds rows',
  occupies: relationName,
  rank: 15,
};

function alterVirtualTable(before: Fact, after: Fact, context: PlanContext): Alteration {
  const [from, to] = [optionsOf(before), optionsOf(after)];
  if (nameOf(before) !== nameOf(after)) return { how: 'refuse', reason: 'only the case of its name changes' };
  if (to.module === 'fts5' && to.source === 'elsewhere')
    return { how: 'in-place', steps: fillFromSource(after).map(plain), rebuild: () => true };
  const canBeCopied = from.module === to.module && from.source === 'own' && to.source === 'own';
  if (!canBeCopied) return { how: 'refuse', reason: `the rows of a ${to.module} table cannot be carried over` };
  const columns = sharedColumns(before, after);
  if (columns === undefined || columns.length === 0)
    return { how: 'refuse', reason: `its columns cannot be read without the module ${to.module}` };
  const taken = new Set([...context.from.facts.values(), ...context.to.facts.values()].map(relationName));
  const copied = { columns, loses: lostColumns(before, columns) };
  const steps = copyAnew(after, copied, temporaryName(nameOf(after), taken));
  return { how: 'in-place', steps, rebuild: () => true };
}

interface VirtualTableOptions {
  readonly module: string;
  /** Whether the rows stand in the table itself, in another table, or nowhere that they could be read from. */
  readonly source: 'own' | 'elsewhere' | 'none';
}

const copyable: ReadonlySet<string> = new Set(['fts5', 'fts4', 'fts3', 'rtree', 'rtree_i32']);

function optionsOf(fact: Fact): VirtualTableOptions {
  const tokens = tokenize(wordOf(fact.attributes['definition']));
  const module = (tokens[1] ?? tokens[0])?.text.toLowerCase() ?? '';
  const at = tokens.findIndex(({ text }, index) => text === 'content' && tokens[index + 1]?.text === '=');
  const content = tokens[at + 2];
  if (at === -1) return { module, source: copyable.has(module) ? 'own' : 'none' };
  return { module, source: content === undefined || unquote(content) === '' ? 'none' : 'elsewhere' };
}

function fillFromSource(fact: Fact): readonly string[] {
  const name = sqliteText.name(nameOf(fact));
  return [`drop table ${name}`, textOf(fact), `insert into ${name} (${name}) values ('rebuild')`];
}

interface CopiedColumns {
  readonly columns: readonly string[];
  readonly loses: readonly Loss[];
}

function lostColumns(before: Fact, copied: readonly string[]): readonly Loss[] {
  const kept = new Set(copied.map(foldName));
  return columnsOf(before)
    .filter((name) => !kept.has(foldName(name)))
    .map((name) => ({ table: sqliteText.name(nameOf(before)), column: sqliteText.name(name) }));
}

function copyAnew(fact: Fact, { columns, loses }: CopiedColumns, temporary: string): readonly DefinitionStatement[] {
  const [name, fresh] = [sqliteText.name(nameOf(fact)), sqliteText.name(temporary)];
  const hasRowid = !optionsOf(fact).module.startsWith('rtree');
  const list = [...(hasRowid ? ['rowid'] : []), ...columns.map((column) => sqliteText.name(column))].join(', ');
  const copies = { from: name, to: fresh };
  return [
    plain(underVirtualName(textOf(fact), temporary)),
    { ...plain(`insert into ${fresh} (${list}) select ${list} from ${name}`), copies, loses, rebuilds: true },
    plain(`drop table ${name}`),
    plain(`alter table ${fresh} rename to ${name}`),
  ];
}

function sharedColumns(before: Fact, after: Fact): readonly string[] | undefined {
  if (![before, after].every(({ notes }) => Array.isArray(notes?.['columns']))) return undefined;
  const names = new Set(columnsOf(before).map(foldName));
  return columnsOf(after).filter((name) => names.has(foldName(name)));
}

function columnsOf({ notes }: Fact): readonly string[] {
  const columns = notes?.['columns'];
  return Array.isArray(columns) ? columns.map(String) : [];
}
