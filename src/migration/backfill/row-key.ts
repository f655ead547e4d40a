/** The cells of a key as the driver reads and writes them. */
export type RowKey = readonly unknown[];

/** Cells that JSON has no form for come under a name that says what they are. */
export function keyToJson(key: RowKey): string {
  return JSON.stringify(key.map(cellToJson));
}

export function keyFromJson(json: string): RowKey {
  return (JSON.parse(json) as readonly unknown[]).map(cellFromJson);
}

function cellToJson(cell: unknown): unknown {
  if (typeof cell === 'bigint') return { bigint: cell.toString() };
  return cell instanceof Uint8Array ? { hex: Buffer.from(cell).toString('hex') } : cell;
}

function cellFromJson(cell: unknown): unknown {
  if (typeof cell !== 'object' || cell === null) return cell;
  if ('bigint' in cell) return BigInt(String(cell.bigint));
  return 'hex' in cell ? Buffer.from(String(cell.hex), 'hex') : cell;
}
