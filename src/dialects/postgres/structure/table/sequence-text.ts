import { factText } from '../fact-text.ts';
import type { FactValue } from '../../../../dialect/structure/fact.ts';

type Options = Readonly<Record<string, FactValue>>;

/** How a sequence counts, as `create sequence` takes it. */
export function sequenceOptions(options: Options): string {
  return [
    `start with ${factText(options['start'])}`,
    `increment by ${factText(options['increment'])}`,
    `minvalue ${factText(options['min'])}`,
    `maxvalue ${factText(options['max'])}`,
    `cache ${factText(options['cache'])}`,
    options['cycle'] === true ? 'cycle' : 'no cycle',
  ].join(' ');
}

/** Only what differs, as `alter sequence` takes it; a number that is out of bounds afterwards starts anew. */
export function sequenceChanges(from: Options, to: Options, last: FactValue | undefined): string {
  const changed = (key: string): boolean => from[key] !== to[key];
  const current = BigInt(factText(last ?? from['start']));
  const isOut = current < BigInt(factText(to['min'])) || current > BigInt(factText(to['max']));
  const isUnused = last === undefined || last === null;
  return [
    ...(changed('type') ? [`as ${factText(to['type'])}`] : []),
    ...(changed('start') ? [`start with ${factText(to['start'])}`] : []),
    ...(changed('increment') ? [`increment by ${factText(to['increment'])}`] : []),
    ...(changed('min') || changed('type') ? [`minvalue ${factText(to['min'])}`] : []),
    ...(changed('max') || changed('type') ? [`maxvalue ${factText(to['max'])}`] : []),
    ...(changed('cache') ? [`cache ${factText(to['cache'])}`] : []),
    ...(changed('cycle') ? [to['cycle'] === true ? 'cycle' : 'no cycle'] : []),
    ...(isOut || (isUnused && changed('start')) ? [`restart with ${factText(to['start'])}`] : []),
  ].join(' ');
}
