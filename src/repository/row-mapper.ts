import type { Field } from './table-plan.ts';

/** One raw row → one object. */
export type RowMapper = (row: readonly unknown[]) => Record<string, unknown>;

/**
 * What becomes of the rows: callers hold those of a list together, and drop each of a stream for the next. The two are
 * built by code of their own, because V8 learns from each place that makes objects how long they live: with one place for
 * both, a service that kept some lists had every row of a stream put among its long-lived objects, and took 125 MB more.
 */
export type RowUse = 'listed' | 'streamed';

/**
 * A function that builds a row object member by member. It is generated as code, so that every row gets one shape and
 * no loop runs per cell; where the process forbids generating code, a plain loop does the same.
 */
export function compileRowMapper(fields: readonly Field[], use: RowUse): RowMapper {
  try {
    return generateMapper(fields, use);
  } catch (error) {
    if (error instanceof EvalError) return loopMapper(fields);
    throw error;
  }
}

function generateMapper(fields: readonly Field[], use: RowUse): RowMapper {
  const members = fields.map(({ key, codec }, position) => {
    const cell = `row[${position}]`;
    const value = codec.decodesAsIs === true ? cell : `${cell} === null ? null : c${position}.decode(${cell})`;
    return `${JSON.stringify(key)}: ${value}`;
  });
  const names = fields.map((_, position) => `c${position}`);
  // The name tells the two apart: functions of one text would be one function to V8.
  const body = `return function ${use}Row(row) { return { ${members.join(', ')} }; };`;
  // oxlint-disable-next-line typescript/no-implied-eval -- property names are quoted as JSON, everything else is ours
  const make: (...codecs: readonly unknown[]) => RowMapper = Object.assign(new Function(...names, body));
  return make(...fields.map(({ codec }) => codec));
}

function loopMapper(fields: readonly Field[]): RowMapper {
  return (row) => {
    const result: Record<string, unknown> = {};
    for (const { key, codec, position } of fields) {
      const cell = row[position];
      result[key] = cell === null ? null : codec.decode(cell);
    }
    return result;
  };
}
