import type { Field } from '../table-plan.ts';

/** One object to write → what it gives for each field, in the table's order; undefined where it gives nothing. */
export type RowReader = (row: object) => unknown[];

/**
 * A function that reads an object property by property. It is generated as code: V8 finds a property that is named in the code
 * several times as fast as one whose name comes out of a list. Where the process forbids generating code, a plain loop does
 * the same.
 */
export function compileRowReader(fields: readonly Field[]): RowReader {
  try {
    return generateReader(fields);
  } catch (error) {
    if (error instanceof EvalError) return loopReader(fields);
    throw error;
  }
}

function generateReader(fields: readonly Field[]): RowReader {
  const cells = fields.map(({ key }) => `row[${JSON.stringify(key)}]`);
  // oxlint-disable-next-line typescript/no-implied-eval -- property names are quoted as JSON, everything else is ours
  return Object.assign(new Function('row', `return [${cells.join(', ')}];`)) as RowReader;
}

function loopReader(fields: readonly Field[]): RowReader {
  return (row) => fields.map(({ key }) => (row as Readonly<Record<string, unknown>>)[key]);
}
