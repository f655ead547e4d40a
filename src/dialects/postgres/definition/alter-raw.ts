import type { Catalog } from '../../../catalog/model/catalog.ts';
import { displayName } from '../../../catalog/model/object-name.ts';
import type { RawObject } from '../../../catalog/model/raw-object.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { rawStatement } from './raw.ts';

/** Replaces an object kept as text: by its own `create or replace`, else the old one goes before the new one comes. */
export function alterRaw(object: RawObject, before: Catalog): readonly DefinitionStatement[] {
  if (object.replace !== undefined) return [rawStatement(object.replace, displayName(object))];
  const create = rawStatement(object.create, displayName(object));
  if (/^\s*create\s+or\s+replace\s/i.test(create.sql)) return [create];
  const old = before.raw.find(
    (other) =>
      other.type === object.type &&
      other.name === object.name &&
      other.namespace === object.namespace &&
      other.table === object.table,
  );
  return [rawStatement((old ?? object).drop, displayName(object)), create];
}
