import { isAlteration } from '../../catalog/change/alteration.ts';
import { isTransition } from '../../catalog/change/transition.ts';
import type { Change } from '../../catalog/change/change.ts';
import { isTableChange } from '../../catalog/change/table-change.ts';
import type { EnumType } from '../../catalog/model/enum-type.ts';
import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { DefinitionCompiler, DefinitionStatement } from '../../dialect/definition.ts';
import { said } from '../../dialect/said.ts';
import { compileAlteration } from './definition/alteration.ts';
import { removing, type DefinitionContext } from './definition/context.ts';
import { prechecksOf } from './definition/prechecks.ts';
import { createRaw, dropRaw, rawSql } from './definition/raw.ts';
import { createSequence } from './definition/sequence.ts';
import { compileTableChange } from './definition/table-change.ts';
import { createTable } from './definition/table.ts';
import { compileTransition } from './definition/transition.ts';
import { renameWithAlias } from './definition/transition/rename-with-alias.ts';
import { createView } from './definition/view.ts';
import type { Flavor } from './flavor.ts';
import { refuse, refuseName, refuseSupplementary } from './refuse.ts';
import { mysqlText } from './text.ts';

/** The compiler of the MySQL family: each change is one statement, which the server makes in full or not at all. */
export function mysqlDefinition(flavor: Flavor): DefinitionCompiler {
  return {
    compile(change, catalog, options = {}) {
      const { safe = 'plain' } = options;
      const context = { flavor, catalog };
      const statements = renameWithAlias(change, options, context) ?? said(compile(change, context));
      return safe === 'online' && change.kind !== 'raw-sql' ? statements.map((one) => asking(one)) : statements;
    },
  };
}

/** How a table is altered is for the server to say: no rule of ours tells which tables it copies. */
function asking(statement: DefinitionStatement): DefinitionStatement {
  return statement.sql.startsWith('alter table ') ? { ...statement, asks: true } : statement;
}

function compile(change: Change, context: DefinitionContext): readonly DefinitionStatement[] {
  if (isTransition(change)) return compileTransition(change, context);
  if (isAlteration(change)) return compileAlteration(change, context);
  if (isTableChange(change)) return [{ ...compileTableChange(change, context), ...prechecksOf(change, context) }];
  switch (change.kind) {
    case 'create-namespace':
    case 'drop-namespace':
      throw refuse({ name: change.name }, undefined, 'there are no namespaces inside a database', 'use a database');
    case 'create-enum':
      return createEnum(change.enum);
    case 'drop-enum':
      return [];
    case 'create-sequence':
      return [createSequence(change.sequence, context)];
    case 'drop-sequence':
      return [drop('sequence', change.sequence)];
    case 'create-table':
      return [createTable(change.table, context)];
    case 'drop-table':
      return [drop('table', change.table)];
    case 'create-view':
      return [createView(change.view, context)];
    case 'drop-view':
      return [drop('view', change.view)];
    case 'create-raw':
      return [createRaw(change.object, context)];
    case 'drop-raw':
      return [dropRaw(change.object, context)];
    case 'raw-sql':
      return [rawSql(change.up, context)];
  }
}

/** The values are written at each column of the type, so there is nothing to run. */
function createEnum(type: EnumType): readonly DefinitionStatement[] {
  if (type.comment !== undefined)
    throw refuse(type, undefined, 'an enum has no comment', 'write the comment at its columns');
  refuseSupplementary(type, undefined, type.values);
  return [];
}

function drop(kind: 'sequence' | 'table' | 'view', object: ObjectName): DefinitionStatement {
  refuseName(object);
  return removing(`drop ${kind} ${mysqlText.name(object.name)}`, { kind, name: object.name });
}
