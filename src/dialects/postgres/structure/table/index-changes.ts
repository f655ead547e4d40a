import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { quoted } from '../names.ts';
import { optionChanges, optionsOf, texts } from '../options.ts';
import { placeOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';

/** What can be changed on an index, or on the index of a constraint, without building it again. */
export function indexChanges(from: Fact, to: Fact): readonly DefinitionStatement[] {
  const [before, after] = [from.attributes, to.attributes];
  const { schema, name } = placeOf(to);
  const index = `alter index ${quoted(schema, name)}`;
  const table = `alter table ${tableOf(to)}`;
  const turned = (key: string): boolean => before[key] !== true && after[key] === true;
  const actions = [
    ...optionChanges(optionsOf(from), optionsOf(to)).map((action) => `${index} ${action}`),
    ...(before['tablespace'] === after['tablespace']
      ? []
      : [`${index} set tablespace ${quoted(factText(after['tablespace'] ?? 'pg_default'))}`]),
    ...statistics(from, to).map((action) => `${index} ${action}`),
    ...(turned('clustered') ? [`${table} cluster on ${quoted(name)}`] : []),
    ...(before['clustered'] === true && after['clustered'] === false ? [`${table} set without cluster`] : []),
    ...(turned('replicaIdentity') ? [`${table} replica identity using index ${quoted(name)}`] : []),
  ];
  return actions.map((sql) => step(sql));
}

/** Targets stand as `column number=target`. */
function statistics(from: Fact, to: Fact): readonly string[] {
  const [before, after] = [texts(from.attributes['statistics']), texts(to.attributes['statistics'])];
  const target = (entry: string): readonly [string, string] => [entry.split('=')[0] ?? '', entry.split('=')[1] ?? ''];
  const kept = new Set(after.map((entry) => target(entry)[0]));
  return [
    ...before
      .map(target)
      .filter(([column]) => !kept.has(column))
      .map(([column]) => [column, '-1'] as const),
    ...after.filter((entry) => !before.includes(entry)).map(target),
  ].map(([column, value]) => `alter column ${column} set statistics ${value}`);
}
