import type { Catalog } from '../../catalog/model/catalog.ts';
import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import { isAlteration, type Alteration } from '../../catalog/change/alteration.ts';
import { isTransition, type Transition } from '../../catalog/change/transition.ts';
import type { Change } from '../../catalog/change/change.ts';
import type { CompileOptions, DefinitionCompiler, DefinitionStatement } from '../../dialect/definition.ts';
import type { ServerFacts } from '../../dialect/dialect.ts';
import { said } from '../../dialect/said.ts';
import { compileAlteration } from './definition/alteration.ts';
import { columnDefinition, columnExtras } from './definition/column.ts';
import { checkDefinition, foreignKeyDefinition, uniqueDefinition } from './definition/constraint.ts';
import { createEnum } from './definition/enum.ts';
import { createIndex } from './definition/index-definition.ts';
import { exclusionPrechecks } from './definition/exclusion-prechecks.ts';
import { heldUp } from './definition/held-up.ts';
import { onlineChange } from './definition/online-change.ts';
import { prechecksOf } from './definition/prechecks.ts';
import { rawStatement, rawStatements } from './definition/raw.ts';
import type { DefinitionServer } from './definition/server.ts';
import { createSequence } from './definition/sequence.ts';
import { createTable } from './definition/table.ts';
import { compileTransition } from './definition/transition.ts';
import { createView, dropView } from './definition/view.ts';
import { askedAlter } from './online/asked-alter.ts';
import { plainly } from './online/step.ts';
import { newName, postgresText, qualified } from './text.ts';
import { postgresTypes } from './types.ts';

/** Changes as PostgreSQL's SQL. */
export function postgresDefinition(facts: ServerFacts): DefinitionCompiler {
  const server = { facts, types: postgresTypes(facts) };
  return {
    compile(change: Change, before: Catalog, options: CompileOptions = {}): readonly DefinitionStatement[] {
      const { safe = 'plain' } = options;
      if (isTransition(change)) return compileTransition(change, { before, server });
      if (isAlteration(change)) return compileAlteration(change, before, server, safe);
      if (change.kind === 'raw-sql') return rawStatements(change.up, 'the raw SQL');
      if (change.kind === 'create-raw') {
        const statement = rawStatement(change.object.create, displayName(change.object));
        return said([safe === 'online' ? asking(statement, before) : statement]);
      }
      if (change.kind === 'drop-raw') return said([rawStatement(change.object.drop, displayName(change.object))]);
      const online = safe === 'online' ? onlineChange(change, before, server) : undefined;
      if (online !== undefined) return online;
      const { prechecks } = prechecksOf(change, before);
      const first = { prechecks, holdsUp: heldUp(change) };
      return compileChange(change, before, server).map((sql, n) => plainly(sql, n === 0 ? first : {}));
    },
  };
}

/** An exclusion constraint is made by a copy of its table where that has many rows. */
function asking(statement: DefinitionStatement, before: Catalog): DefinitionStatement {
  if (askedAlter(statement.sql) === undefined) return statement;
  return { ...statement, asks: true, prechecks: exclusionPrechecks(statement.sql, before) };
}

type ModelChange = Exclude<Change, Alteration | Transition | { kind: 'raw-sql' | 'create-raw' | 'drop-raw' }>;

function compileChange(change: ModelChange, before: Catalog, server: DefinitionServer): readonly string[] {
  switch (change.kind) {
    case 'create-namespace':
      return [`create schema ${newName(change.name)}`];
    case 'drop-namespace':
      return [`drop schema ${postgresText.name(change.name)}`];
    case 'create-enum':
      return createEnum(change.enum);
    case 'drop-enum':
      return [`drop type ${qualified(change.enum)}`];
    case 'create-sequence':
      return createSequence(change.sequence);
    case 'drop-sequence':
      return [`drop sequence ${qualified(change.sequence)}`];
    case 'create-table':
      return createTable(change.table, server);
    case 'drop-table':
      return [`drop table ${qualified(change.table)}`];
    case 'create-view':
      return createView(change.view);
    case 'drop-view':
      return [dropView(change.view, before)];
    case 'add-column':
      return [
        `${alter(change.table)} add column ${columnDefinition(change.table, change.column, server)}`,
        ...columnExtras(change.table, change.column),
      ];
    case 'drop-column':
      return [`${alter(change.table)} drop column ${postgresText.name(change.column)}`];
    case 'add-unique':
      return [`${alter(change.table)} add ${uniqueDefinition(change.unique)}`];
    case 'add-check':
      return [`${alter(change.table)} add ${checkDefinition(change.check)}`];
    case 'add-foreign-key':
      return [`${alter(change.table)} add ${foreignKeyDefinition(change.foreignKey)}`];
    case 'drop-unique':
    case 'drop-check':
    case 'drop-foreign-key':
      return [`${alter(change.table)} drop constraint ${postgresText.name(change.name)}`];
    case 'create-index':
      return createIndex(change.table, change.index);
    case 'drop-index':
      return [`drop index ${qualified({ ...change.table, name: change.name })}`];
  }
}

function alter(table: ObjectName): string {
  return `alter table ${qualified(table)}`;
}
