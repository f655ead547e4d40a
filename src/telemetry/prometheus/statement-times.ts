import type { QueryMessage } from '../../database/diagnostics.ts';
import { onStatement } from '../listen.ts';
import type { Attributes } from '../open-telemetry-api.ts';
import { secondsBuckets } from '../seconds.ts';
import { statementAttributes } from '../statement-attributes.ts';
import type { HistogramFamily, Labels } from './metric-family.ts';

interface Times {
  readonly labels: Labels;
  readonly counts: number[];
  sum: number;
}

/** Tables times verbs of a large service; more means that names of tables are made at run time. */
const mostSeries = 2_000;

/** How long the statements of this process take, from the moment it is made until it is disposed of. */
export class StatementTimes implements Disposable {
  readonly #times = new Map<string, Times>();
  readonly #byAttributes = new WeakMap<object, Times>();
  readonly #stop: () => void;

  constructor() {
    this.#stop = onStatement((message) => this.#note(message));
  }

  family(): HistogramFamily {
    return {
      name: 'db_client_operation_duration_seconds',
      kind: 'histogram',
      help: 'Time of a statement, from sending it to its whole answer.',
      unit: 'seconds',
      bounds: secondsBuckets,
      samples: [...this.#times.values()],
    };
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  #note(message: QueryMessage): void {
    const seconds = message.tookMs / 1000;
    const times = this.#timesOf(message);
    const bucket = secondsBuckets.findIndex((bound) => seconds <= bound);
    const position = bucket === -1 ? secondsBuckets.length : bucket;
    times.counts[position] = (times.counts[position] ?? 0) + 1;
    times.sum += seconds;
  }

  #timesOf(message: QueryMessage): Times {
    const attributes = statementAttributes(message);
    const known = this.#byAttributes.get(attributes) ?? this.#join(attributes);
    this.#byAttributes.set(attributes, known);
    return known;
  }

  #join(all: Readonly<Attributes>): Times {
    const { 'db.collection.name': _collection, ...few } = all;
    const attributes = this.#times.size >= mostSeries ? few : all;
    const labels = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name.replaceAll('.', '_'), String(value)]),
    );
    const key = JSON.stringify(labels);
    const known = this.#times.get(key);
    if (known !== undefined) return known;
    const times = { labels, counts: Array.from({ length: secondsBuckets.length + 1 }, () => 0), sum: 0 };
    this.#times.set(key, times);
    return times;
  }
}
