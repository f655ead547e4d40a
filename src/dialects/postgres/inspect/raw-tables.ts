import type { Table } from '../../../catalog/model/table.ts';
import { displayName } from '../../../catalog/model/object-name.ts';
import type { DefinitionServer } from '../definition/server.ts';
import { defaultText } from '../definition/column.ts';
import { createTable } from '../definition/table.ts';
import { postgresText, qualified } from '../text.ts';
import { objectKey, postgresSql, type RawPart } from './raw-part.ts';
import type { Relation } from './relations.ts';
import { objectName } from './scope.ts';
import type { Structure } from './structure.ts';
import { tableOf } from './tables.ts';

/**
 * A partitioned table, a partition, an heir of another table, or a table of a type, as the statements that make it.
 * Foreign keys are not among them: they are made when all tables are there.
 */
export function rawTable(relation: Relation, structure: Structure, server: DefinitionServer): RawPart {
  const name = objectName(structure.scope, relation.namespace, relation.name);
  return {
    key: objectKey('pg_class', relation.id),
    object: {
      type: 'table',
      ...name,
      create: postgresSql(createText(relation, structure, server).join(';\n')),
      drop: postgresSql(`drop table ${qualified(name)}`),
    },
    needs: (relation.parents ?? []).map((parent) => objectKey('pg_class', parent)),
  };
}

function createText(relation: Relation, structure: Structure, server: DefinitionServer): readonly string[] {
  const isPartition = relation.partitionBound !== null;
  const table = tableOf(relation, structure, ({ type, plain }) => plain && type !== 'f');
  const own = isPartition ? withoutIdentity(table) : withOwnParts(table, relation, structure);
  const [create = '', ...rest] = createTable(own, server);
  return [
    `${create}${parentsText(relation, structure)}${keyText(relation)}`,
    ...rest,
    ...(relation.ofType === null ? [] : [`alter table ${qualified(table)} of ${relation.ofType}`]),
    ...(isPartition ? [attachText(relation, structure)] : inheritedDefaults(table, relation, structure)),
  ];
}

/** A partition takes its numbers from the partitioned table. */
function withoutIdentity(table: Table): Table {
  const columns = table.columns.map((column) => {
    const { identity, ...rest } = column;
    return identity === undefined ? column : rest;
  });
  return { ...table, columns };
}

/** What an heir has from its parents comes with them. */
function withOwnParts(table: Table, relation: Relation, structure: Structure): Table {
  const isOwn = (rows: readonly { readonly name: string; readonly isLocal: boolean }[] | undefined) => {
    const names = new Set((rows ?? []).filter((row) => row.isLocal).map((row) => row.name));
    return ({ name }: { readonly name: string }): boolean => names.has(name);
  };
  return {
    ...table,
    columns: table.columns.filter(isOwn(structure.columns.get(relation.id))),
    checks: table.checks.filter(isOwn(structure.constraints.get(relation.id))),
  };
}

function parentsText({ parents, partitionBound }: Relation, structure: Structure): string {
  if (parents === null || partitionBound !== null) return '';
  return ` inherits (${parents.map((id) => relationText(id, structure)).join(', ')})`;
}

function keyText({ partitionKey }: Relation): string {
  return partitionKey === null ? '' : ` partition by ${partitionKey}`;
}

function attachText({ id, parents, partitionBound }: Relation, structure: Structure): string {
  const [parent = ''] = parents ?? [];
  const partition = relationText(id, structure);
  return `alter table only ${relationText(parent, structure)} attach partition ${partition} ${partitionBound}`;
}

/** An heir keeps a default of its own for a column that it inherits. */
function inheritedDefaults(table: Table, relation: Relation, structure: Structure): readonly string[] {
  const inherited = new Set(
    (structure.columns.get(relation.id) ?? []).filter(({ isLocal }) => !isLocal).map(({ name }) => name),
  );
  return table.columns.flatMap((column) =>
    column.default === undefined || !inherited.has(column.name)
      ? []
      : [
          `alter table only ${qualified(table)} alter column ${postgresText.name(column.name)} set default ${defaultText(column.default, column.type)}`,
        ],
  );
}

function relationText(id: string, structure: Structure): string {
  const relation = structure.relations.get(id);
  return relation === undefined
    ? displayName({ name: id })
    : qualified(objectName(structure.scope, relation.namespace, relation.name));
}
