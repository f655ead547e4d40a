import { sortByName, type Catalog } from '../catalog/model/catalog.ts';
import type { EnumType } from '../catalog/model/enum-type.ts';
import { displayName, sameName, type ObjectName } from '../catalog/model/object-name.ts';
import type { RawObject } from '../catalog/model/raw-object.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { enumDefinition, type EnumBuilder } from './column/types.ts';
import { inOrderOfDefinition } from './definition-order.ts';
import { folderDefinition, type FolderDefinition } from './managed/sql-folder.ts';
import { namespaceDefinition, type NamespaceDefinition } from './namespace.ts';
import { rawDefinition, type RawDefinition } from './raw-object.ts';
import { sequenceDefinition, type SequenceDefinition } from './sequence.ts';
import { definition, isTable, type TableDefinition } from './table/table.ts';
import { rowPolicies } from './tenant/row-policy.ts';
import { viewDefinition, type ViewOf } from './view.ts';

/** What a schema file exports, by name: `import * as auth from './schema.ts'`. Other exports are left alone. */
export type SchemaModule = Readonly<Record<string, unknown>>;

/** The catalog that a schema file defines. Throws `SCHEMA_INVALID` when two things share a name or a reference leads nowhere. */
export function catalogOf(module: SchemaModule): Catalog {
  const exported = [...new Set(Object.values(module).flatMap(contents))];
  const definitions = exported.filter(isTable).map((table) => table[definition]);
  const tables = definitions.map(({ catalogTable }) => catalogTable);
  const enums = allEnums(exported, definitions);
  const views = inOrderOfDefinition(exported.filter((value) => has<ViewOf<unknown>>(value, viewDefinition))).map(
    (value) => value[viewDefinition],
  );
  const sequences = exported
    .filter((value) => has<SequenceDefinition>(value, sequenceDefinition))
    .map((value) => value[sequenceDefinition]);
  const written = inOrderOfDefinition(exported.filter((value) => has<RawDefinition>(value, rawDefinition))).map(
    (value) => value[rawDefinition],
  );
  const raw = [...written, ...definitions.toSorted(byName).flatMap(rowPolicies)];
  const named = exported
    .filter((value) => has<NamespaceDefinition>(value, namespaceDefinition))
    .map((value) => value[namespaceDefinition]);
  refuseDuplicates('table or view', [...tables, ...views]);
  refuseDuplicates('sequence', sequences);
  refuseDangling(tables);
  const namespaces = [...tables, ...views, ...enums, ...sequences].flatMap(({ namespace }) => namespace ?? []);
  return {
    namespaces: [...new Set([...namespaces, ...named])].toSorted(),
    enums,
    sequences: sortByName(sequences),
    tables: sortByName(tables),
    views,
    raw: [...raw.filter(isBeforeTables), ...raw.filter((object) => !isBeforeTables(object))],
  };
}

function byName(a: ObjectName, b: ObjectName): number {
  return displayName(a) < displayName(b) ? -1 : 1;
}

/** What an export holds: a folder of SQL files is all that is in it. */
function contents(exported: unknown): readonly unknown[] {
  return has<FolderDefinition>(exported, folderDefinition) ? exported[folderDefinition] : [exported];
}

function isBeforeTables({ stage }: RawObject): boolean {
  return stage === 'before-tables';
}

/** The enums that are exported, and those that columns use. */
function allEnums(exported: readonly unknown[], tables: readonly TableDefinition[]): readonly EnumType[] {
  const used = enumsOf(tables);
  const others = exported
    .filter((value) => isEnum(value))
    .map((value) => value[enumDefinition])
    .filter((one) => !used.some((other) => sameName(one, other)));
  refuseDuplicates('enum', others);
  return sortByName([...used, ...others]);
}

function isEnum(value: unknown): value is EnumBuilder<unknown> {
  return typeof value === 'function' && enumDefinition in value;
}

function has<T>(value: unknown, key: keyof T): value is T {
  return typeof value === 'object' && value !== null && key in value;
}

/** The enums that the columns of these tables use, by name. */
export function enumsOf(tables: readonly TableDefinition[]): readonly EnumType[] {
  const byName = new Map<string, EnumType>();
  for (const table of tables) {
    for (const { builder } of table.columns) {
      const { type, enumValues, enumComment } = builder.definition;
      const named = type.kind === 'array' ? type.of : type;
      if (named.kind !== 'enum' || enumValues === undefined) continue;
      const { kind: _, ...name } = named;
      const found: EnumType = {
        ...name,
        values: enumValues,
        ...(enumComment === undefined ? {} : { comment: enumComment }),
      };
      const other = byName.get(displayName(name));
      if (other !== undefined && other.values.join('\0') !== enumValues.join('\0')) {
        throw new RowhouseError('SCHEMA_INVALID', `enum ${displayName(name)} is defined twice with different values`);
      }
      byName.set(displayName(name), found);
    }
  }
  return sortByName([...byName.values()]);
}

function refuseDuplicates(kind: string, objects: readonly ObjectName[]): void {
  const seen = new Set<string>();
  for (const object of objects) {
    const name = displayName(object);
    if (seen.has(name))
      throw new RowhouseError('SCHEMA_INVALID', `${kind} ${name} is defined twice`, { details: { name } });
    seen.add(name);
  }
}

function refuseDangling(tables: Catalog['tables']): void {
  const known = new Set(tables.map(displayName));
  for (const table of tables) {
    for (const { name, references } of table.foreignKeys) {
      if (known.has(displayName(references))) continue;
      throw new RowhouseError(
        'SCHEMA_INVALID',
        `${displayName(table)}: foreign key ${name} refers to ${displayName(references)}, which the schema does not export`,
        {
          hint: 'export the table from the same schema file, or re-export it there',
        },
      );
    }
  }
}
