import type { Alteration } from '../../../catalog/change/alteration.ts';
import type { Catalog } from '../../../catalog/model/catalog.ts';
import { sameName } from '../../../catalog/model/object-name.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import type { PrimaryKey } from '../../../catalog/model/constraint.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { replaceConstraint } from '../online/constraint.ts';
import { replaceIndex } from '../online/create-index.ts';
import { dropWithParts } from '../online/drop.ts';
import { addKey, replaceKey } from '../online/key.ts';
import { setNotNull } from '../online/not-null.ts';
import { replaceIndexWithParts, replaceUniqueWithParts } from '../online/replace-with-parts.ts';
import { plainly } from '../online/step.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { alterColumn } from './alter-column.ts';
import { alterEnum } from './alter-enum.ts';
import { alterRaw } from './alter-raw.ts';
import { alterTableOptions } from './alter-table-options.ts';
import { alterView } from './alter-view.ts';
import { setComment } from './comment.ts';
import { indexComment } from './index-definition.ts';
import { moveObject } from './move-object.ts';
import { indexNote, indexSafety, isPartitioned, madeInParts, takesUnprovedForeignKeys } from './partitioned.ts';
import { keyPrechecks, prechecksOf } from './prechecks.ts';
import { alterSequence } from './sequence.ts';
import type { DefinitionServer } from './server.ts';
import {
  alterTable,
  checkText,
  foreignKeyText,
  indexText,
  nameOf,
  primaryKeyName,
  primaryKeyText,
  tableBefore,
  uniqueText,
} from './texts.ts';
import { viewKind } from './view.ts';

/** The statements of a change to something that stays. */
export function compileAlteration(
  change: Alteration,
  before: Catalog,
  server: DefinitionServer,
  safe: Safety,
): readonly DefinitionStatement[] {
  switch (change.kind) {
    case 'rename-table':
      return [plainly(`${alterTable(change.table)} rename to ${newName(change.to)}`)];
    case 'rename-column':
      return [
        plainly(
          `${alterTable(change.table)} rename column ${postgresText.name(change.column)} to ${newName(change.to)}`,
        ),
      ];
    case 'rename-index':
      return [
        {
          ...plainly(
            `alter index ${qualified({ ...change.table, name: change.name })} rename to ${newName(change.to)}`,
          ),
          frees: { kind: 'index', ...change.table, name: change.name },
        },
      ];
    case 'rename-constraint':
      return [
        {
          ...plainly(
            `${alterTable(change.table)} rename constraint ${postgresText.name(change.name)} to ${newName(change.to)}`,
          ),
          frees: { kind: 'index', ...change.table, name: change.name },
        },
      ];
    case 'rename-enum':
      return [plainly(`alter type ${qualified(change.enum)} rename to ${newName(change.to)}`)];
    case 'rename-enum-value':
      return [
        plainly(
          `alter type ${qualified(change.enum)} rename value ${postgresText.literal(change.value)} to ${postgresText.literal(change.to)}`,
        ),
      ];
    case 'rename-sequence':
      return [plainly(`alter sequence ${qualified(change.sequence)} rename to ${newName(change.to)}`)];
    case 'rename-view': {
      const view = before.views.find((candidate) => sameName(candidate, change.view));
      const kind = view === undefined ? 'view' : viewKind(view);
      return [plainly(`alter ${kind} ${qualified(change.view)} rename to ${newName(change.to)}`)];
    }
    case 'move-object':
      return moveObject(change, before);
    case 'alter-column':
      return alterColumn(change, before, server, safe);
    case 'set-primary-key':
      return setPrimaryKey(tableBefore(before, change.table), change.primaryKey, safe);
    case 'alter-unique':
      return alterUnique(change, before, safe);
    case 'alter-check':
      return replaceConstraint(checkText(change.table, change.check), safe, prechecksOf(change, before));
    case 'alter-foreign-key':
      return replaceConstraint(
        foreignKeyText(change.table, change.foreignKey),
        takesUnprovedForeignKeys(tableBefore(before, change.table), server) ? safe : 'plain',
        prechecksOf(change, before),
      );
    case 'alter-index':
      return alterIndex(change, before, safe);
    case 'set-table-comment':
      return [plainly(setComment(`table ${qualified(change.table)}`, change.comment))];
    case 'set-table-options':
      return alterTableOptions(tableBefore(before, change.table), change.options);
    case 'alter-enum':
      return alterEnum(change.enum, before, server, safe);
    case 'alter-sequence':
      return alterSequence(
        change.sequence,
        before.sequences.find((other) => sameName(other, change.sequence)),
      ).map((sql) => plainly(sql));
    case 'alter-view':
      return alterView(change.view, before);
    case 'alter-raw':
      return alterRaw(change.object, before);
  }
}

function alterUnique(
  change: Extract<Alteration, { kind: 'alter-unique' }>,
  before: Catalog,
  safe: Safety,
): readonly DefinitionStatement[] {
  const table = tableBefore(before, change.table);
  const key = uniqueText(change.table, change.unique);
  const options = { ...prechecksOf(change, before), ...madeInParts(table, safe) };
  return options.asks === true ? replaceUniqueWithParts(key, options) : replaceKey(key, safe, options);
}

function alterIndex(
  change: Extract<Alteration, { kind: 'alter-index' }>,
  before: Catalog,
  safe: Safety,
): readonly DefinitionStatement[] {
  const table = tableBefore(before, change.table);
  const index = indexText(change.table, change.index);
  const options = { ...prechecksOf(change, before), ...madeInParts(table, safe) };
  return [
    ...(options.asks === true ? replaceIndexWithParts(index, options) : replaceIndex(index, safe, options)),
    ...indexComment(change.table, change.index).map((sql) => plainly(sql)),
  ];
}

function setPrimaryKey(table: Table, key: PrimaryKey | null, safe: Safety): readonly DefinitionStatement[] {
  const old = table.primaryKey;
  if (key === null) {
    if (old === undefined) return [];
    const drop = `${alterTable(table)} drop constraint ${postgresText.name(primaryKeyName(table, old))}`;
    return safe === 'online' && isPartitioned(table) ? dropWithParts(nameOf(table), drop) : [plainly(drop)];
  }
  const text = primaryKeyText(table, key);
  const nullable = key.columns.filter((column) => findColumn(table, column)?.nullable === true);
  const context = { nullable, prechecks: keyPrechecks(table, key.columns, nullable) };
  const form = indexSafety(table, safe);
  if (old === undefined) {
    // Where the key is made a partition at a time, none of its columns may be null any more.
    const first = form === safe ? [] : nullable.flatMap((column) => setNotNull({ table: nameOf(table), column }, safe));
    return [...first, ...addKey(text, form, { ...context, ...madeInParts(table, safe) })];
  }
  return replaceKey(text, form, { ...context, ...indexNote(table, safe), oldName: primaryKeyName(table, old) });
}
