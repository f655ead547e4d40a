import type { DiagnosticSource, QueryMessage } from '../database/diagnostics.ts';
import { summarize } from '../database/statement-summary.ts';
import type { Attributes } from './open-telemetry-api.ts';

/** Texts of one database whose attributes are kept. */
const capacity = 1_000;

const kept = new WeakMap<DiagnosticSource, Map<string, Attributes>>();

/**
 * What a statement is counted by: names of the stable conventions for databases, few values each, no value of a row. The
 * same object for the same text, as long as it succeeds.
 */
export function statementAttributes({ source, sql, failed }: QueryMessage): Readonly<Attributes> {
  const attributes = keptAttributes(source, sql);
  return failed === undefined ? attributes : { ...attributes, 'error.type': failed };
}

function keptAttributes(source: DiagnosticSource, sql: string): Attributes {
  const ofSource = kept.get(source) ?? new Map<string, Attributes>();
  kept.set(source, ofSource);
  const known = ofSource.get(sql);
  if (known !== undefined) return known;
  if (ofSource.size >= capacity) ofSource.clear();
  const attributes = readAttributes(source, sql);
  ofSource.set(sql, attributes);
  return attributes;
}

function readAttributes(source: DiagnosticSource, sql: string): Attributes {
  const { operation, collection } = summarize(sql, source.quote);
  return {
    'db.system.name': source.system,
    'db.namespace': source.database,
    'db.operation.name': operation,
    ...(collection === undefined ? {} : { 'db.collection.name': collection }),
    ...(source.host === undefined ? {} : { 'server.address': source.host }),
    ...(source.port === undefined ? {} : { 'server.port': source.port }),
  };
}
