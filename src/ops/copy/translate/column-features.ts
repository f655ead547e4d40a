import type { Column, ColumnDefault, Identity } from '../../../catalog/model/column.ts';
import type { Expression } from '../../../catalog/model/expression.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import type { Between, Feature } from './translation.ts';

/** What a column says beyond its type: each is kept where the target can. A collation is a word of its engine. */
export function columnFeatures(
  column: Column,
  base: Table,
  { sameEngine }: Between,
  expression: (written: Expression) => Expression | undefined,
): readonly Feature[] {
  const { name, collation, generated, identity, comment } = column;
  const set = (members: Partial<Column>): ((table: Table) => Table) => withColumn(name, members);
  const isSameType = findColumn(base, name)?.type.kind === column.type.kind;
  const value = column.default === undefined ? undefined : portableDefault(column.default, isSameType, expression);
  const computed = generated === undefined ? undefined : expression(generated.expression);
  return [
    ...(collation === undefined
      ? []
      : [{ what: `collation ${collation} of column ${name}`, ways: sameEngine ? [set({ collation })] : [] }]),
    ...(column.default === undefined
      ? []
      : [{ what: `default of column ${name}`, ways: value === undefined ? [] : [set({ default: value })] }]),
    ...(generated === undefined
      ? []
      : [
          {
            what: `computation of column ${name}`,
            ways:
              computed === undefined ? [] : [set({ generated: { expression: computed, stored: generated.stored } })],
          },
        ]),
    ...(identity === undefined
      ? []
      : [{ what: `numbering of column ${name}`, ways: identities(identity).map((way) => set({ identity: way })) }]),
    ...(comment === undefined ? [] : [{ what: `comment of column ${name}`, ways: [set({ comment })] }]),
  ];
}

function withColumn(name: string, members: Partial<Column>): (table: Table) => Table {
  return (table) => ({
    ...table,
    columns: table.columns.map((column) => (column.name === name ? { ...column, ...members } : column)),
  });
}

function portableDefault(
  value: ColumnDefault,
  isSameType: boolean,
  expression: (written: Expression) => Expression | undefined,
): ColumnDefault | undefined {
  switch (value.kind) {
    case 'literal':
      return isSameType ? value : undefined;
    case 'now':
      return isSameType ? value : undefined;
    case 'expression': {
      const portable = expression(value.expression);
      return portable === undefined ? undefined : { kind: 'expression', expression: portable };
    }
  }
}

function identities(identity: Identity): readonly Identity[] {
  return [identity, { ...identity, generation: 'by-default' }, { generation: 'by-default' }];
}
