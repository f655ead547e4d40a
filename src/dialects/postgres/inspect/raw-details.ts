import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { postgresText, qualified } from '../text.ts';
import type { ColumnRow } from './columns.ts';
import { objectKey, postgresSql, type RawPart } from './raw-part.ts';
import type { Relation } from './relations.ts';
import { objectName, type Scope } from './scope.ts';
import type { SequenceRow } from './sequences.ts';
import type { Structure } from './structure.ts';

/** Settings of tables, columns and sequences that the model has no word for, as statements that make them so. */
export function rawDetails(structure: Structure): readonly RawPart[] {
  const { scope, relations, columns, sequences } = structure;
  return [
    ...[...relations.values()].flatMap((relation) => [
      ...tableDetails(relation, scope),
      ...(columns.get(relation.id) ?? []).flatMap((row) => columnDetails(row, relation, scope)),
    ]),
    ...sequences.flatMap((row) => sequenceDetails(row, structure)),
  ];
}

function tableDetails(relation: Relation, scope: Scope): readonly RawPart[] {
  const table = objectName(scope, relation.namespace, relation.name);
  const alter = `alter table ${qualified(table)}`;
  const { rowSecurity, forcedRowSecurity, replicaIdentity, replicaIndex } = relation;
  const parts: RawPart[] = [];
  if (rowSecurity || forcedRowSecurity) {
    const switches = [
      ...(rowSecurity ? ['enable row level security'] : []),
      ...(forcedRowSecurity ? ['force row level security'] : []),
    ];
    parts.push(
      detail(relation, table, 'row security', table.name, {
        create: `${alter} ${switches.join(', ')}`,
        drop: `${alter} disable row level security, no force row level security`,
      }),
    );
  }
  if (replicaIdentity !== null) {
    const identity = { f: 'full', n: 'nothing', i: `using index ${postgresText.name(replicaIndex ?? '')}` };
    parts.push(
      detail(relation, table, 'replica identity', table.name, {
        create: `${alter} replica identity ${identity[replicaIdentity]}`,
        drop: `${alter} replica identity default`,
      }),
    );
  }
  return parts;
}

function columnDetails(row: ColumnRow, relation: Relation, scope: Scope): readonly RawPart[] {
  const table = objectName(scope, relation.namespace, relation.name);
  const { storage, compression, statistics, options, sequenceSettings } = row;
  const settings = [
    ...(storage === null ? [] : [[`set storage ${storage}`, 'set storage default']]),
    ...(compression === null ? [] : [[`set compression ${compression}`, 'set compression default']]),
    ...(statistics === null ? [] : [[`set statistics ${statistics}`, 'set statistics -1']]),
    ...(options === null ? [] : [[`set (${options.join(', ')})`, `reset (${options.map(optionName).join(', ')})`]]),
    ...(sequenceSettings === null
      ? []
      : [[sequenceSettings.trim(), 'set no minvalue set no maxvalue set no cycle set cache 1']]),
  ];
  if (settings.length === 0) return [];
  const column = `alter column ${postgresText.name(row.name)}`;
  const sql = (which: 0 | 1): string =>
    `alter table ${qualified(table)} ${settings.map((pair) => `${column} ${pair[which] ?? ''}`).join(', ')}`;
  return [detail(relation, table, 'column settings', row.name, { create: sql(0), drop: sql(1) })];
}

function optionName(option: string): string {
  return option.slice(0, option.indexOf('='));
}

/** A sequence's type and cache, and the column that it goes away with: what `serial` sets beside the default. */
function sequenceDetails(row: SequenceRow, structure: Structure): readonly RawPart[] {
  const { owner, ownerColumn, settings } = row;
  const relation = owner === null ? undefined : structure.relations.get(owner);
  if (relation === undefined && settings === '') return [];
  const name = objectName(structure.scope, row.namespace, row.name);
  const table = relation && objectName(structure.scope, relation.namespace, relation.name);
  const owned = table === undefined ? '' : ` owned by ${qualified(table)}.${postgresText.name(ownerColumn ?? '')}`;
  return [
    {
      key: `sequence settings:${row.id}`,
      object: {
        type: 'sequence settings',
        ...name,
        create: postgresSql(`alter sequence ${qualified(name)}${settings}${owned}`),
        drop: postgresSql(`alter sequence ${qualified(name)} as bigint cache 1 owned by none`),
      },
      needs: relation === undefined ? [] : [objectKey('pg_class', relation.id)],
      late: true,
    },
  ];
}

function detail(
  relation: Relation,
  table: ObjectName,
  type: string,
  name: string,
  sql: { readonly create: string; readonly drop: string },
): RawPart {
  return {
    key: `${type}:${relation.id}:${name}`,
    object: { type, ...table, name, table: table.name, create: postgresSql(sql.create), drop: postgresSql(sql.drop) },
    needs: [objectKey('pg_class', relation.id)],
    late: true,
  };
}
