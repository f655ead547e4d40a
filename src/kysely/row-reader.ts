import type { Output } from './known-tables.ts';

/** Raw cells → objects: decoded where the column is known, otherwise as the driver reads them. */
export function rowReader<Row>(fields: readonly string[], output: Output): (row: readonly unknown[]) => Row {
  const isInOrder = output.complete && output.columns.length === fields.length;
  const columns = fields.map((name, place) => {
    const column = isInOrder ? output.columns[place] : output.columns.findLast((one) => one.name === name);
    return { name, codec: column?.field?.codec };
  });
  return (row) => {
    const object: Record<string, unknown> = {};
    for (const [place, { name, codec }] of columns.entries()) {
      const cell = row[place];
      object[name] = codec === undefined || cell === null ? smallNumber(cell) : codec.decode(cell);
    }
    return object as Row;
  };
}

/** A statement that reads one column as bigint does so with all of them. */
function smallNumber(cell: unknown): unknown {
  if (typeof cell !== 'bigint') return cell;
  const number = Number(cell);
  return Number.isSafeInteger(number) ? number : cell;
}
