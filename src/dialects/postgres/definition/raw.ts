import type { RawSql } from '../../../catalog/change/change.ts';
import type { DefinitionStatement, DoneProbe } from '../../../dialect/definition.ts';
import { capabilityMissing } from '../text.ts';
import { postgresVariants } from './expression.ts';

const concurrentIndex =
  /^\s*(create|drop)\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+(?:not\s+)?exists\s+)?(?:("(?:[^"]|"")+"|[\w$]+)\.)?("(?:[^"]|"")+"|[\w$]+)/i;

/** SQL written by hand, as it is. An index built concurrently is the one that must stay outside a transaction. */
export function rawStatement(sql: RawSql, what: string): DefinitionStatement {
  const text = postgresVariants.map((variant) => sql[variant]).find((found) => found !== undefined) ?? sql['any'];
  if (text === undefined)
    throw capabilityMissing(what, 'there is no SQL text of it for postgresql', 'write one under the key `postgresql`');
  const match = concurrentIndex.exec(text);
  return match === null ? { sql: text, transactional: true } : { sql: text, transactional: false, done: probe(match) };
}

function probe([, verb = '', namespace, name = '']: RegExpExecArray): DoneProbe {
  const object = { kind: 'index' as const, name: unquoted(name) };
  return {
    question: verb.toLowerCase() === 'create' ? 'exists' : 'missing',
    object: namespace === undefined ? object : { ...object, namespace: unquoted(namespace) },
  };
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}
