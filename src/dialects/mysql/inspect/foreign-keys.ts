import type { ForeignKey, ForeignKeyAction } from '../../../catalog/model/constraint.ts';
import type { Row } from './rows.ts';

/** The foreign keys of one table from the rows of their columns and of their rules. */
export function inspectForeignKeys(columns: readonly Row[], rules: readonly Row[]): readonly ForeignKey[] {
  const keys = Map.groupBy(columns, ([, name = '']) => name);
  return [...keys].map(([name, parts]) => {
    const [, , , namespace, table = ''] = parts[0] ?? [];
    const [, , onDelete = '', onUpdate = ''] = rules.find(([, rule]) => rule === name) ?? [];
    return {
      name,
      columns: parts.map(([, , column = '']) => column),
      references: {
        ...(namespace === undefined ? {} : { namespace }),
        name: table,
        columns: parts.map(([, , , , , column = '']) => column),
      },
      onDelete: actionOf(onDelete),
      onUpdate: actionOf(onUpdate),
    };
  });
}

function actionOf(rule: string): ForeignKeyAction {
  switch (rule) {
    case 'CASCADE':
      return 'cascade';
    case 'RESTRICT':
      return 'restrict';
    case 'SET NULL':
      return 'set-null';
    case 'SET DEFAULT':
      return 'set-default';
  }
  return 'no-action';
}
