import type { Safety } from '../../src/dialect/structure/rules.ts';
import { readOptions } from '../read-options.mjs';

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

/** The options of the script whose `import.meta.url` this is. */
export function readCaseOptions(url: string): CaseOptions {
  const values = readOptions(url, {
    engine: { type: 'string' },
    corpus: { type: 'string' },
    'corpus-file': { type: 'string' },
    case: { type: 'string' },
    safe: { type: 'string', default: 'online' },
    verbose: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    measure: { type: 'boolean', default: false },
  });
  const { engine, corpus, safe, verbose, json, measure } = values;
  if (safe !== 'online' && safe !== 'plain') throw new Error(`--safe is online or plain, not ${safe}`);
  return { engine, corpus, corpusFile: values['corpus-file'], name: values.case, safe, verbose, json, measure };
}
