import type { Change } from '../../../catalog/change/change.ts';
import { isTableChange, type TableChange } from '../../../catalog/change/table-change.ts';
import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { addColumn } from '../online/add-column.ts';
import { addConstraint } from '../online/constraint.ts';
import { dropColumn, dropConstraint, dropTable, dropWithParts } from '../online/drop.ts';
import { createIndex, dropIndex } from '../online/create-index.ts';
import { addKey } from '../online/key.ts';
import { addPartitionedForeignKey } from '../online/partitioned-foreign-key.ts';
import { plainly } from '../online/step.ts';
import { newName, qualified } from '../text.ts';
import { columnExtras, columnDefinition, defaultText, generatedText, identityText } from './column.ts';
import { indexComment } from './index-definition.ts';
import { indexSafety, isPartitioned, madeInParts, takesUnprovedForeignKeys } from './partitioned.ts';
import { prechecksOf } from './prechecks.ts';
import type { DefinitionServer } from './server.ts';
import { checkText, foreignKeyText, indexText, nameOf, tableBefore, uniqueText } from './texts.ts';

/** The form that lets others read and write meanwhile; undefined where the plain form does that already. */
export function onlineChange(
  change: Change,
  before: Catalog,
  server: DefinitionServer,
): readonly DefinitionStatement[] | undefined {
  if (change.kind === 'drop-table') {
    const { foreignKeys } = tableBefore(before, change.table);
    return dropTable(
      change.table,
      foreignKeys.map(({ name }) => name),
      'online',
    );
  }
  return isTableChange(change) ? onlineTableChange(change, before, server) : undefined;
}

function onlineTableChange(
  change: TableChange,
  before: Catalog,
  server: DefinitionServer,
): readonly DefinitionStatement[] {
  const table = tableBefore(before, change.table);
  const forIndex = indexSafety(table, 'online');
  const options = { ...prechecksOf(change, before), ...madeInParts(table, 'online') };
  switch (change.kind) {
    case 'add-column':
      return [
        ...withPrechecks(addColumn(columnText(change.table, change.column, server), 'online'), change, before),
        ...columnExtras(change.table, change.column).map((sql) => plainly(sql)),
      ];
    case 'add-unique':
      return addKey(uniqueText(change.table, change.unique), forIndex, options);
    case 'add-check':
      return addConstraint(checkText(change.table, change.check), 'online', prechecksOf(change, before));
    case 'add-foreign-key':
      return takesUnprovedForeignKeys(table, server)
        ? addConstraint(foreignKeyText(change.table, change.foreignKey), 'online', prechecksOf(change, before))
        : addPartitionedForeignKey(foreignKeyText(change.table, change.foreignKey), prechecksOf(change, before));
    case 'create-index':
      return [
        ...createIndex(indexText(change.table, change.index), forIndex, options),
        ...indexComment(change.table, change.index).map((sql) => plainly(sql)),
      ];
    case 'drop-index': {
      const index = { ...nameOf(change.table), name: change.name };
      return isPartitioned(table)
        ? dropWithParts(nameOf(table), `drop index ${qualified(index)}`)
        : dropIndex(index, 'online');
    }
    case 'drop-column':
      return [dropColumn(change.table, change.column, 'online')];
    case 'drop-unique': {
      const drop = dropConstraint(change.table, change.name, 'online');
      return isPartitioned(table) ? dropWithParts(nameOf(table), drop.sql) : [drop];
    }
    case 'drop-check':
    case 'drop-foreign-key':
      return [dropConstraint(change.table, change.name, 'online')];
  }
}

/** What is asked about the rows is asked with the first statement. */
function withPrechecks(
  statements: readonly DefinitionStatement[],
  change: TableChange,
  before: Catalog,
): readonly DefinitionStatement[] {
  const { prechecks } = prechecksOf(change, before);
  return statements.map((one, place) => (place === 0 && prechecks.length > 0 ? { ...one, prechecks } : one));
}

function columnText(table: ObjectName, column: Column, server: DefinitionServer): Parameters<typeof addColumn>[0] {
  const { name, nullable, identity, generated } = column;
  return {
    table: nameOf(table),
    name,
    type: typeText(table, column, server),
    notNull: !nullable,
    default: column.default === undefined ? undefined : defaultText(column.default, column.type),
    identity: identity === undefined ? undefined : identityText(identity),
    generated: generated === undefined ? undefined : generatedText(name, generated, server),
  };
}

/** Type and collation: the definition of the same column with nothing else. */
function typeText(table: ObjectName, { name, type, collation }: Column, server: DefinitionServer): string {
  const bare: Column = { name, type, nullable: true, ...(collation === undefined ? {} : { collation }) };
  return columnDefinition(table, bare, server).slice(newName(name).length + 1);
}
