import type { Field } from './table-plan.ts';

/** One raw row → one object. */
export type RowMapper = (row: readonly unknown[]) => Record<string, unknown>;

/**
 * A function that builds a row object member by member. It is generated as code, so that every row gets one shape and
 * no loop runs per cell; where the process forbids generating code, a plain loop does the same.
 */
export function compileRowMapper(fields: readonly Field[]): RowMapper {
  try {
    return generateMapper(fields);
  } catch (error) {
    if (error instanceof EvalError) return loopMapper(fields);
    throw error;
  }
}

function generateMapper(fields: readonly Field[]): RowMapper {
  const members = fields.map(({ key, codec }, position) => {
    const cell = `row[${position}]`;
    const value = codec.decodesAsIs === true ? cell : `${cell} === null ? null : c${position}.decode(${cell})`;
    return `${JSON.stringify(key)}: ${value}`;
  });
  const names = fields.map((_, position) => `c${position}`);
  const body = `return function mapRow(row) { return { ${members.join(', ')} }; };`;
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
