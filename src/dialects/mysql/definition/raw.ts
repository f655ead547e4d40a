import type { RawSql } from '../../../catalog/change/change.ts';
import type { RawObject } from '../../../catalog/model/raw-object.ts';
import type { DefinitionStatement, ObjectReference } from '../../../dialect/definition.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { making, removing, type DefinitionContext } from './context.ts';

/** The statement that makes a raw object: its own text. */
export function createRaw(object: RawObject, context: DefinitionContext): DefinitionStatement {
  return making(textFor(object.create, `${object.type} ${object.name}`, context), referenceTo(object));
}

/** The statement that removes a raw object: its own text. */
export function dropRaw(object: RawObject, context: DefinitionContext): DefinitionStatement {
  return removing(textFor(object.drop, `${object.type} ${object.name}`, context), referenceTo(object));
}

/** One statement that writes rows: unlike a definition it does not end the transaction around it. */
const writesRows = /^\s*(?:insert|update|delete|replace)\b[^;]*;?\s*$/i;

/** Whether raw SQL took effect cannot be asked of the catalog: it carries no probe. */
export function rawSql(text: RawSql, context: DefinitionContext): DefinitionStatement {
  const sql = textFor(text, 'the raw SQL', context);
  return { sql, transactional: writesRows.test(sql) };
}

function textFor(text: RawSql, what: string, { flavor }: DefinitionContext): string {
  const variant = [...flavor.variants, 'any'].find((name) => text[name] !== undefined);
  const sql = variant === undefined ? undefined : text[variant];
  if (sql !== undefined) return sql;
  throw new RowhouseError('CAPABILITY_MISSING', `${what} has no text for ${flavor.name}`, {
    details: { texts: Object.keys(text) },
    hint: `write it under ${flavor.variants.join(' or ')}, or under any`,
  });
}

function referenceTo({ type, name, table }: RawObject): ObjectReference {
  return { kind: 'raw', type, name, ...(table === undefined ? {} : { table }) };
}
