import type { RawObject } from '../../../catalog/model/raw-object.ts';
import { sameRaw } from '../../../catalog/change/same-raw.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { setting, type DefinitionContext } from './context.ts';
import { createRaw, dropRaw } from './raw.ts';

/** What has a body of its own, made by one statement. */
const program =
  /^\s*create\s+(?=(?:definer\s*=\s*\S+(?:\s*@\s*\S+)?\s+)?(?:aggregate\s+)?(?:function|procedure|trigger|event|package)\b)/i;

/** Replaces an object kept as text: in one statement where its text or the server can, else the old one goes first. */
export function alterRaw(object: RawObject, context: DefinitionContext): readonly DefinitionStatement[] {
  const create = createRaw(object, context);
  const replacing = textThatReplaces(object, create.sql, context);
  if (replacing !== undefined) return [setting(replacing)];
  const old = context.catalog.raw.find((other) => sameRaw(other, object));
  return [dropRaw(old ?? object, context), create];
}

function textThatReplaces(
  { replace = {} }: RawObject,
  create: string,
  { flavor }: DefinitionContext,
): string | undefined {
  const variant = [...flavor.variants, 'any'].find((name) => replace[name] !== undefined);
  if (variant !== undefined) return replace[variant];
  if (/^\s*create\s+or\s+replace\s/i.test(create)) return create;
  return flavor.replacesPrograms && program.test(create) ? create.replace(program, 'create or replace ') : undefined;
}
