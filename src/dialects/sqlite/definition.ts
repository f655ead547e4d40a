import { isAlteration, type Alteration } from '../../catalog/change/alteration.ts';
import { isTransition, type Transition } from '../../catalog/change/transition.ts';
import type { Change } from '../../catalog/change/change.ts';
import { findTable, type Catalog } from '../../catalog/model/catalog.ts';
import type { TableChange } from '../../catalog/change/table-change.ts';
import { sameName, type ObjectName } from '../../catalog/model/object-name.ts';
import type { CompileOptions, DefinitionCompiler, DefinitionStatement } from '../../dialect/definition.ts';
import { said } from '../../dialect/said.ts';
import { applyChange } from '../../catalog/change/apply.ts';
import { compileAlteration } from './definition/alteration.ts';
import { addColumn, alter, canAddColumn, dropColumn } from './definition/alter-table.ts';
import { canBeUnknown } from './definition/can-be-unknown.ts';
import { checkDefinition } from './definition/constraint.ts';
import { createIndex } from './definition/index-definition.ts';
import { rawText } from './definition/raw.ts';
import { remakeTable } from './definition/remake-table.ts';
import { isUnnamed } from './definition/table-options.ts';
import { createTable } from './definition/table.ts';
import { compileTransition } from './definition/transition.ts';
import { withAliases } from './definition/transition/alias.ts';
import { createView } from './definition/view.ts';
import { refuse } from './refuse.ts';
import type { SqliteVersion } from './sqlite-version.ts';
import { sqliteText } from './text.ts';

/** Changes as SQLite's SQL: all of it takes part in transactions. */
export function sqliteDefinition(version: SqliteVersion): DefinitionCompiler {
  return {
    inlineForeignKeys: true,
    compile(change: Change, authored: Catalog, options: CompileOptions = {}): readonly DefinitionStatement[] {
      const before = withAliases(authored, options);
      if (isTransition(change)) return compileTransition(change, { before, version });
      if (isAlteration(change)) return said(compileAlteration(change, before));
      return said(compileChange(change, before, version));
    },
  };
}

function compileChange(
  change: Exclude<Change, Alteration | Transition>,
  before: Catalog,
  version: SqliteVersion,
): readonly DefinitionStatement[] {
  switch (change.kind) {
    case 'create-namespace':
    case 'drop-namespace':
      throw refuse({ name: change.name }, undefined, 'sqlite has no namespaces', 'use a database file for each');
    case 'create-sequence':
      throw refuse(change.sequence, undefined, 'sqlite has no sequences', 'use an identity column');
    case 'drop-sequence':
      throw refuse(change.sequence, undefined, 'sqlite has no sequences', 'leave it out for sqlite');
    // An enum is a check on each column that uses it.
    case 'create-enum':
    case 'drop-enum':
      return [];
    case 'create-table':
      return createTable(change.table, before).map(plain);
    case 'drop-table':
      return [dropTable(change.table, before)];
    case 'create-view':
      return [plain(createView(change.view))];
    case 'drop-view':
      return [plain(`drop view ${sqliteText.name(change.view.name)}`)];
    case 'add-column':
      return canAddColumn(change.column)
        ? [plain(addColumn(change.table, change.column, before))]
        : remade(change, before);
    case 'drop-column':
      return [plain(dropColumn(change.table, change.column, before))];
    case 'add-check':
      if (!version.altersChecks || canBeUnknown(change.check, change.table, before)) return remade(change, before);
      return [plain(`${alter(change.table)} add ${checkDefinition(change.check)}`)];
    case 'drop-check':
      if (!version.altersChecks || isUnnamed(findTable(before, change.table) ?? {}, change.name))
        return remade(change, before);
      return [plain(`${alter(change.table)} drop constraint ${sqliteText.name(change.name)}`)];
    case 'add-unique':
    case 'drop-unique':
    case 'add-foreign-key':
    case 'drop-foreign-key':
      return remade(change, before);
    case 'create-index':
      return [plain(createIndex(change.table, change.index))];
    case 'drop-index':
      return [plain(`drop index ${sqliteText.name(change.name)}`)];
    case 'create-raw':
      return [plain(rawText(change.object.create, change.object))];
    case 'drop-raw':
      return [plain(rawText(change.object.drop, change.object))];
    case 'raw-sql':
      return [{ ...plain(rawText(change.up, { name: 'raw SQL' })), needsReferences: true }];
  }
}

function remade(change: TableChange, before: Catalog): readonly DefinitionStatement[] {
  return remakeTable(change.table, { before, after: applyChange(change, before) });
}

/** With foreign keys on, its rows would be deleted first, and what refers to them with them. */
function dropTable(table: ObjectName, { tables }: Catalog): DefinitionStatement {
  const isReferred = tables.some(({ foreignKeys }) =>
    foreignKeys.some(({ references }) => sameName(references, table)),
  );
  return { ...plain(`drop table ${sqliteText.name(table.name)}`), ...(isReferred ? { rebuilds: true } : {}) };
}

function plain(sql: string): DefinitionStatement {
  return { sql, transactional: true };
}
