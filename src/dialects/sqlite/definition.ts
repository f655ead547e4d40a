import { isAlteration, type Alteration } from '../../catalog/change/alteration.ts';
import type { Change } from '../../catalog/change/change.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { DefinitionCompiler, DefinitionStatement } from '../../dialect/definition.ts';
import { compileAlteration } from './definition/alteration.ts';
import { addColumn, alter, dropColumn } from './definition/alter-table.ts';
import { checkDefinition } from './definition/constraint.ts';
import { createIndex } from './definition/index-definition.ts';
import { rawText } from './definition/raw.ts';
import { createTable } from './definition/table.ts';
import { createView } from './definition/view.ts';
import { refuse, refuseChange } from './refuse.ts';
import type { SqliteVersion } from './sqlite-version.ts';
import { sqliteText } from './text.ts';

/** Changes as SQLite's SQL: all of it takes part in transactions. */
export function sqliteDefinition(version: SqliteVersion): DefinitionCompiler {
  return {
    inlineForeignKeys: true,
    compile(change: Change, before: Catalog): readonly DefinitionStatement[] {
      if (isAlteration(change)) return compileAlteration(change);
      return compileChange(change, before, version).map((sql) => ({ sql, transactional: true }));
    },
  };
}

function compileChange(
  change: Exclude<Change, Alteration>,
  before: Catalog,
  version: SqliteVersion,
): readonly string[] {
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
      return createTable(change.table, before);
    case 'drop-table':
      return [`drop table ${sqliteText.name(change.table.name)}`];
    case 'create-view':
      return [createView(change.view)];
    case 'drop-view':
      return [`drop view ${sqliteText.name(change.view.name)}`];
    case 'add-column':
      return [addColumn(change.table, change.column, before)];
    case 'drop-column':
      return [dropColumn(change.table, change.column, before)];
    case 'add-check':
      refuseOldCheck(version, change.table, change.check.name);
      return [`${alter(change.table)} add ${checkDefinition(change.check)}`];
    case 'drop-check':
      refuseOldCheck(version, change.table, change.name);
      return [`${alter(change.table)} drop constraint ${sqliteText.name(change.name)}`];
    case 'add-unique':
      throw refuseChange(
        change.table,
        change.unique.name,
        'sqlite adds no unique constraint to a table that stands',
        'create a unique index instead',
      );
    case 'drop-unique':
      throw refuseChange(change.table, change.name, 'sqlite drops no unique constraint', makeAnew);
    case 'add-foreign-key':
      throw refuseChange(
        change.table,
        change.foreignKey.name,
        'sqlite adds no foreign key to a table that stands',
        makeAnew,
      );
    case 'drop-foreign-key':
      throw refuseChange(change.table, change.name, 'sqlite drops no foreign key', makeAnew);
    case 'create-index':
      return [createIndex(change.table, change.index)];
    case 'drop-index':
      return [`drop index ${sqliteText.name(change.name)}`];
    case 'create-raw':
      return [rawText(change.object.create, change.object)];
    case 'drop-raw':
      return [rawText(change.object.drop, change.object)];
    case 'raw-sql':
      return [rawText(change.up, { name: 'raw SQL' })].filter((sql) => sql.trim() !== '');
  }
}

const makeAnew = 'make a new table, copy the rows and drop the old one';

function refuseOldCheck(version: SqliteVersion, table: ObjectName, name: string): void {
  if (version.altersChecks) return;
  throw refuseChange(table, name, 'checks of a table that stands change from sqlite 3.53 on', makeAnew);
}
