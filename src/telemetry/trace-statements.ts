import { withoutConstants } from '../database/statement-text.ts';
import { onStatement } from './listen.ts';
import { spanKindClient, statusError, type Tracer } from './open-telemetry-api.ts';
import { statementAttributes } from './statement-attributes.ts';

/**
 * Makes a span of every statement, a child of whatever the program is doing: the message comes while the context of who
 * asked is still the active one. Gives back what ends it.
 */
export function traceStatements(tracer: Tracer): () => void {
  return onStatement((message) => {
    const { source, sql, tookMs, failed } = message;
    const attributes = statementAttributes(message);
    const summary = [attributes['db.operation.name'], attributes['db.collection.name']].filter(Boolean).join(' ');
    const endTime = Date.now();
    const span = tracer.startSpan(summary, {
      kind: spanKindClient,
      startTime: endTime - tookMs,
      attributes: {
        ...attributes,
        'db.query.summary': summary,
        'db.query.text': withoutConstants(sql, source.quote),
      },
    });
    if (failed !== undefined) span.setStatus({ code: statusError, message: failed });
    span.end(endTime);
  });
}
