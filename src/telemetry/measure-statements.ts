import { onStatement } from './listen.ts';
import type { Meter } from './open-telemetry-api.ts';
import { secondsBuckets } from './seconds.ts';
import { statementAttributes } from './statement-attributes.ts';

/** Records how long statements take. Gives back what ends it. */
export function measureStatements(meter: Meter): () => void {
  const duration = meter.createHistogram('db.client.operation.duration', {
    description: 'Time of a statement, from sending it to its whole answer.',
    unit: 's',
    advice: { explicitBucketBoundaries: [...secondsBuckets] },
  });
  return onStatement((message) => {
    duration.record(message.tookMs / 1000, statementAttributes(message));
  });
}
