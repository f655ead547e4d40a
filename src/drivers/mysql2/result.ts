import type { Result } from '../../driver/connection.ts';
import { firstKeyword } from '../../driver/first-keyword.ts';
import type { MysqlField } from './library.ts';
import { float32Columns, shortenFloats } from './raw-cells.ts';

const noRows: Result['rows'] = [];
const noFields: readonly string[] = [];
const writing: ReadonlySet<string> = new Set(['insert', 'replace', 'update', 'delete']);

/** A result from the library's answer: rows with fields, a header with counts, or a list of both for a routine. */
export function toResult(sql: string, answer: unknown, fields: unknown): Result {
  if (isFieldList(fields)) return rowsResult(sql, answer as unknown[][], fields);
  if (Array.isArray(fields)) return firstRows(sql, answer as readonly unknown[], fields);
  return countResult(answer as Header);
}

interface Header {
  readonly affectedRows: number | string;
  readonly insertId: number | string;
  /** `Rows matched: 3  Changed: 2  Warnings: 0` after an update. */
  readonly info?: string;
}

function rowsResult(sql: string, rows: unknown[][], fields: readonly MysqlField[]): Result {
  const floats = float32Columns(fields);
  if (floats.length > 0) shortenFloats(rows, floats);
  // Rows of an INSERT, REPLACE or DELETE … RETURNING; the server counts no changes beside them.
  const changes = rows.length > 0 && writing.has(firstKeyword(sql)) ? rows.length : 0;
  return { rows, fields: fields.map(({ name }) => name), changes };
}

/** A routine answers with any number of results and a header: the first one that has rows counts. */
function firstRows(sql: string, answers: readonly unknown[], fields: readonly unknown[]): Result {
  const index = fields.findIndex(isFieldList);
  const list = fields[index];
  if (isFieldList(list)) return rowsResult(sql, answers[index] as unknown[][], list);
  return countResult(answers.at(-1) as Header);
}

/** An update's count leaves out rows that had the new values already; only its words tell how many it matched. */
const matchedRows = /^Rows matched: (\d+)/;

function countResult({ affectedRows, insertId, info }: Header): Result {
  const matched = info === undefined || info === '' ? undefined : matchedRows.exec(info)?.[1];
  const changes = Number(matched ?? affectedRows);
  const lastId = BigInt(insertId);
  return { rows: noRows, fields: noFields, changes, ...(lastId === 0n ? {} : { lastId }) };
}

function isFieldList(fields: unknown): fields is readonly MysqlField[] {
  if (!Array.isArray(fields)) return false;
  const [first]: readonly unknown[] = fields;
  return first !== undefined && !Array.isArray(first);
}
