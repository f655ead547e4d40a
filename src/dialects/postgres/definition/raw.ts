import type { RawSql } from '../../../catalog/change/change.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement, DoneProbe } from '../../../dialect/definition.ts';
import { detachConcurrently } from '../online/partition.ts';
import { objectOf } from '../printed-name.ts';
import { capabilityMissing } from '../text.ts';
import { postgresVariants } from './expression.ts';

const concurrentIndex =
  /^\s*(create|drop)\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+(?:not\s+)?exists\s+)?(?:("(?:[^"]|"")+"|[\w$]+)\.)?("(?:[^"]|"")+"|[\w$]+)/i;

const name = String.raw`(?:("(?:[^"]|"")+"|[\w$]+)\.)?("(?:[^"]|"")+"|[\w$]+)`;
const detach = new RegExp(
  String.raw`^\s*(alter\s+table\s+(?:if\s+exists\s+)?${name}\s+detach\s+partition\s+${name})\s+concurrently\s*;?\s*$`,
  'i',
);

/** SQL written by hand. A partition that is detached concurrently is finished where that was stopped halfway. */
export function rawStatements(sql: RawSql, what: string): readonly DefinitionStatement[] {
  const statement = rawStatement(sql, what);
  const [, text, , , namespace, partition] = detach.exec(statement.sql) ?? [];
  if (text === undefined || partition === undefined) return [statement];
  return detachConcurrently(written(namespace, partition), text);
}

/** SQL written by hand, as it is. An index built concurrently is the one that must stay outside a transaction. */
export function rawStatement(sql: RawSql, what: string): DefinitionStatement {
  const text = postgresVariants.map((variant) => sql[variant]).find((found) => found !== undefined) ?? sql['any'];
  if (text === undefined)
    throw capabilityMissing(what, 'there is no SQL text of it for postgresql', 'write one under the key `postgresql`');
  const match = concurrentIndex.exec(text);
  return match === null ? { sql: text, transactional: true } : { sql: text, transactional: false, done: probe(match) };
}

function probe([, verb = '', namespace, name = '']: RegExpExecArray): DoneProbe {
  return {
    question: verb.toLowerCase() === 'create' ? 'exists' : 'missing',
    object: { kind: 'index', ...written(namespace, name) },
  };
}

/** The server takes a name without quotes in small letters. */
function written(namespace: string | undefined, name: string): ObjectName {
  const folded = (text: string): string => (text.startsWith('"') ? text : text.toLowerCase());
  return objectOf(namespace === undefined ? undefined : folded(namespace), folded(name));
}
