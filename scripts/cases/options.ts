import { parseArgs } from 'node:util';
import type { Safety } from '../../src/dialect/structure/rules.ts';

/** What the person who runs the cases wants. */
export interface CaseOptions {
  /** The beginning of a bench's name. */
  readonly engine?: string | undefined;
  readonly corpus?: string | undefined;
  /** A file of cases that is driven instead of those that are kept. */
  readonly corpusFile?: string | undefined;
  /** A part of the ids. */
  readonly name?: string | undefined;
  readonly safe: Safety;
  readonly verbose: boolean;
  readonly json: boolean;
  readonly measure: boolean;
}

export function parseOptions(args: readonly string[]): CaseOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      engine: { type: 'string' },
      corpus: { type: 'string' },
      'corpus-file': { type: 'string' },
      case: { type: 'string' },
      safe: { type: 'string', default: 'online' },
      verbose: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      measure: { type: 'boolean', default: false },
    },
  });
  const { engine, corpus, safe, verbose, json, measure } = values;
  if (safe !== 'online' && safe !== 'plain') throw new Error(`--safe is online or plain, not ${safe}`);
  return { engine, corpus, corpusFile: values['corpus-file'], name: values.case, safe, verbose, json, measure };
}
