import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { IndexDefinition } from '../../../catalog/model/index-definition.ts';
import { displayName, sameName } from '../../../catalog/model/object-name.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { mentions } from '../online/rename-in-text.ts';
import type { TypeChange } from '../online/type-change.ts';
import { capabilityMissing, postgresText } from '../text.ts';
import { postgresTraits } from '../traits.ts';
import { printType } from '../type-text.ts';
import type { ColumnChange } from './alter-column.ts';
import { castText } from './cast.ts';
import { defaultText, identityText } from './column.ts';
import { expressionText } from './expression.ts';
import type { DefinitionServer } from './server.ts';
import { checkText, foreignKeyText, indexText, nameOf, primaryKeyText, uniqueText } from './texts.ts';
import { aside, viewReaders } from './view-readers.ts';

/** A column that gets another type, with everything in the catalog that stands on it. */
export function typeChange(
  { table, from, to }: Pick<ColumnChange, 'table' | 'from' | 'to'>,
  before: Catalog,
  server: DefinitionServer,
): TypeChange {
  refuseGeneratedReaders(table, to.name);
  const uses = (columns: readonly string[]): boolean => columns.includes(to.name);
  const { primaryKey } = table;
  return {
    table: nameOf(table),
    column: to.name,
    from: printType(from.type),
    to: printType(to.type),
    collation: to.collation === undefined ? undefined : postgresText.name(to.collation),
    changesCollation: from.collation !== to.collation,
    using: castText(from.type, to.type, to.name),
    notNull: !from.nullable && !to.nullable,
    notNullName: notNullName(table, to, server),
    oldDefault: from.default === undefined ? undefined : defaultText(from.default, from.type),
    default: to.default === undefined ? undefined : defaultText(to.default, to.type),
    identity: from.identity === undefined || to.identity === undefined ? undefined : identityText(to.identity),
    comment: to.comment,
    indexes: table.indexes.filter((index) => indexMentions(index, to.name)).map((index) => indexText(table, index)),
    keys: [
      ...(primaryKey !== undefined && uses(primaryKey.columns) ? [primaryKeyText(table, primaryKey)] : []),
      ...table.uniques.filter(({ columns }) => uses(columns)).map((unique) => uniqueText(table, unique)),
    ],
    checks: table.checks
      .filter(({ expression }) => mentions(expressionText(expression), to.name))
      .map((check) => checkText(table, check)),
    foreignKeys: table.foreignKeys.filter(({ columns }) => uses(columns)).map((key) => foreignKeyText(table, key)),
    references: before.tables.flatMap((other) =>
      other.foreignKeys
        .filter(({ references }) => sameName(references, nameOf(table)) && uses(references.columns))
        .map((key) => foreignKeyText(other, key)),
    ),
    ...aside(viewReaders(before, nameOf(table), to.name), before),
  };
}

/** The name that the server gave it; before PostgreSQL 18 it has none. */
function notNullName(table: Table, { name }: Column, { facts }: DefinitionServer): string | undefined {
  const given = `${table.name}_${name}_not_null`;
  const isNamed = Number.parseInt(facts.version, 10) >= 18;
  return isNamed && Buffer.byteLength(given) <= postgresTraits.identifierLimit.length ? given : undefined;
}

function indexMentions({ keys, where, include = [] }: IndexDefinition, column: string): boolean {
  const texts = [where, ...keys.map(({ expression }) => expression)];
  return (
    keys.some((key) => key.column === column) ||
    include.includes(column) ||
    texts.some((text) => text !== undefined && mentions(expressionText(text), column))
  );
}

function refuseGeneratedReaders(table: Table, column: string): void {
  const reader = table.columns.find(
    ({ name, generated }) =>
      name !== column && generated !== undefined && mentions(expressionText(generated.expression), column),
  );
  if (reader === undefined) return;
  throw capabilityMissing(
    `${displayName(table)}.${column}`,
    `its type cannot change while ${reader.name} is computed from it`,
    `drop ${reader.name} before and add it again after`,
  );
}
