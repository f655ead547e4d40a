import { measurePools } from './measure-pools.ts';
import { measureStatements } from './measure-statements.ts';
import type { Meter, Tracer } from './open-telemetry-api.ts';
import { traceStatements } from './trace-statements.ts';

export interface InstrumentDatabases {
  /** Absent: no spans. */
  readonly tracer?: Tracer | undefined;
  /** Absent: no metrics. */
  readonly meter?: Meter | undefined;
}

/**
 * Tells OpenTelemetry of every database of this process, by its stable conventions: a span and a duration for each
 * statement, and the state of pools and replicas. Values of rows are in none of it. Disposing of the result ends it.
 *
 * @example
 * ```ts
 * import { metrics, trace } from '@opentelemetry/api';
 *
 * instrument({ tracer: trace.getTracer('shop'), meter: metrics.getMeter('shop') });
 * ```
 */
export function instrument({ tracer, meter }: InstrumentDatabases): Disposable {
  const stops = [
    ...(tracer === undefined ? [] : [traceStatements(tracer)]),
    ...(meter === undefined ? [] : [measureStatements(meter), measurePools(meter)]),
  ];
  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
