import type { Table } from '../../../catalog/model/table.ts';
import { memberOption } from '../definition/member-option.ts';
import type { Flavor } from '../flavor.ts';
import type { InspectedColumn } from './column.ts';
import type { InspectedIndex } from './index-parts.ts';
import type { Row } from './rows.ts';

type Options = NonNullable<Table['options']>;

interface OptionSources {
  readonly table: Row;
  readonly columns: readonly InspectedColumn[];
  readonly indexes: readonly InspectedIndex[];
  readonly checks: readonly Row[];
  readonly flavor: Flavor;
}

/** What differs from a table of ours, and the facts about members that the catalog has no place for. */
export function tableOptions({ table, columns, indexes, checks, flavor }: OptionSources): Options {
  const [, , engine = 'InnoDB', collation = flavor.collation, created = ''] = table;
  return {
    ...(engine === 'InnoDB' ? {} : { engine }),
    ...(collation === flavor.collation ? {} : { collation }),
    ...createOptions(created),
    ...Object.fromEntries([
      ...columns.flatMap(({ column, onUpdate }) =>
        onUpdate === undefined ? [] : [[memberOption('on_update', column.name), onUpdate]],
      ),
      ...columns
        .filter(({ isInvisible }) => isInvisible)
        .map(({ column }) => [memberOption('invisible', column.name), true]),
      ...indexes
        .filter(({ isUnused }) => isUnused)
        .map(({ index }) => [memberOption('unused_index', index.name), true]),
      ...checks.filter((row) => row[3] === 'NO').map(([, name = '']) => [memberOption('not_enforced', name), true]),
    ]),
  };
}

/** `row_format=COMPRESSED key_block_size=8` → its names and values. */
function createOptions(text: string): Options {
  return Object.fromEntries(
    [...text.matchAll(/`?(\w+)`?=(?:'([^']*)'|"([^"]*)"|(\S+))/g)].map(([, name = '', single, double, bare]) => {
      const value = single ?? double ?? bare ?? '';
      return [name.toLowerCase(), /^\d+$/.test(value) ? Number(value) : value];
    }),
  );
}
