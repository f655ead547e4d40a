import type { Rename } from '../catalog/diff/rename.ts';
import type { ObjectName } from '../catalog/model/object-name.ts';
import { renameFrom } from './former-name.ts';
import { renameDefinition } from './rename-definition.ts';
import type { SchemaModule } from './schema.ts';
import { buildIndex } from './table/build-index.ts';
import { definition, isTable, type TableDefinition } from './table/table.ts';

/** The renames that a schema file declares with `renamedFrom`. They are no part of the catalog. */
export function declaredRenames(module: SchemaModule): readonly Rename[] {
  return [...new Set(Object.values(module))].flatMap((exported): readonly Rename[] => {
    if (isTable(exported)) return tableRenames(exported[definition]);
    return hasRenames(exported) ? exported[renameDefinition] : [];
  });
}

function hasRenames(value: unknown): value is { readonly [renameDefinition]: readonly Rename[] } {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && renameDefinition in value;
}

function tableRenames(described: TableDefinition): readonly Rename[] {
  const { namespace, name, renamedFrom, columns, members } = described;
  const table: ObjectName = namespace === undefined ? { name } : { namespace, name };
  return [
    ...(renamedFrom === undefined ? [] : [renameFrom('table', renamedFrom, table)]),
    ...columns.flatMap(({ columnName, builder }): readonly Rename[] => [
      ...(builder.definition.renamedFrom === undefined
        ? []
        : [{ kind: 'rename-column', table, column: builder.definition.renamedFrom, to: columnName } satisfies Rename]),
      ...(builder.definition.enumRenames ?? []),
    ]),
    ...members.flatMap((member): readonly Rename[] =>
      member.kind === 'index' && member.options.renamedFrom !== undefined
        ? [{ kind: 'rename-index', table, name: member.options.renamedFrom, to: buildIndex(name, member).name }]
        : [],
    ),
  ];
}
