import { nestedCells } from '../../dialect/nested-rules.ts';
import type { Codec } from '../../dialect/codec.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { compileRowMapper, type RowMapper, type RowUse } from '../row-mapper.ts';
import type { TablePlan } from '../table-plan.ts';
import type { IncludeBranch, IncludeTree } from './include-tree.ts';
import { nestedRules } from './select-list.ts';

/** Mappers kept per table: like plans, their shapes come from code. */
const capacity = 500;

const mappersByPlan = new WeakMap<TablePlan, Map<string, RowMapper>>();

/** The function that builds a row with its related rows; the same one for trees of the same relations and one use. */
export function rowMapper(include: IncludeTree | undefined, plan: TablePlan, use: RowUse = 'listed'): RowMapper {
  if (include === undefined && use === 'listed') return plan.mapRow;
  let mappers = mappersByPlan.get(plan);
  if (mappers === undefined) mappersByPlan.set(plan, (mappers = new Map()));
  const shape = `${use} ${include === undefined ? '' : shapeOf(include)}`;
  let mapper = mappers.get(shape);
  if (mapper !== undefined) return mapper;
  if (mappers.size >= capacity) mappers.clear();
  mapper = include === undefined ? compileRowMapper(plan.fields, use) : compileMapper(include, plan, use);
  mappers.set(shape, mapper);
  return mapper;
}

/** What decides how the rows of a tree are built: its relations, and which are sorted here. */
function shapeOf({ branches }: IncludeTree): string {
  return branches
    .map(({ relation, order, include }) => {
      const sorted = order.length > 0 ? 's' : '';
      return `${relation.position}${sorted}${include === undefined ? '' : `(${shapeOf(include)})`}`;
    })
    .join();
}

function compileMapper(include: IncludeTree, plan: TablePlan, use: RowUse): RowMapper {
  const root: Level = {
    members: plan.fields.map(({ key, codec, position }) => ({ key, cell: [position], codec })),
    branches: include.branches.map((branch, place) => levelOf(branch, [plan.fields.length + place])),
  };
  try {
    return generateMapper(root, use);
  } catch (error) {
    if (error instanceof EvalError) return loopMapper(root);
    throw error;
  }
}

/** One table of the tree: where its columns stand in its rows, and its branches. */
interface Level {
  readonly members: readonly { readonly key: string; readonly cell: readonly number[]; readonly codec: Codec }[];
  readonly branches: readonly BranchLevel[];
}

interface BranchLevel extends Level {
  readonly key: string;
  readonly cell: readonly number[];
  readonly many: boolean;
  /** Behind the rows comes their number. */
  readonly counted: boolean;
  /** Where a row has its number, when the rows may come in any order. */
  readonly number: readonly number[] | undefined;
}

function levelOf({ relation, order, include }: IncludeBranch, cell: readonly number[]): BranchLevel {
  const { target, many, name } = relation;
  const nested = nestedRules(target);
  const branches = include?.branches ?? [];
  const width = target.fields.length + branches.length;
  const numbered = nested.numbered && many && order.length > 0;
  const placeOf = (place: number): readonly number[] =>
    width + (numbered ? 1 : 0) > nestedCells ? [Math.floor(place / nestedCells), place % nestedCells] : [place];
  return {
    key: name,
    cell,
    many,
    counted: nested.counted,
    number: numbered ? placeOf(width) : undefined,
    members: target.fields.map(({ key, codec, type, position }) => ({
      key,
      cell: placeOf(position),
      codec: nested.codec(type, codec),
    })),
    branches: branches.map((branch, place) => levelOf(branch, placeOf(target.fields.length + place))),
  };
}

/** Generated as code for the same reason as a table's own mapper: one shape for all rows and no loop for each cell. */
function generateMapper(root: Level, use: RowUse): RowMapper {
  const codecs: Codec[] = [];
  const functions: string[] = [];
  const write = ({ members, branches }: Level, isRoot: boolean): string => {
    const name = `${use}${functions.length}`;
    functions.push('');
    const at = functions.length - 1;
    const columns = members.map(({ key, cell, codec }) => {
      const source = access(cell);
      if (codec.decodesAsIs === true) return `${JSON.stringify(key)}: ${source}`;
      codecs.push(codec);
      return `${JSON.stringify(key)}: ${source} === null ? null : c${codecs.length - 1}.decode(${source})`;
    });
    const related = branches.map((branch) => {
      const map = write(branch, false);
      const found = isRoot ? `parse(${access(branch.cell)})` : access(branch.cell);
      const source = branch.counted ? `${branch.many ? 'checked' : 'checkedOne'}(${found})` : found;
      const number = branch.number === undefined ? 'undefined' : `(row) => ${access(branch.number)}`;
      const value = branch.many ? `mapAll(${source}, ${map}, ${number})` : `mapOne(${source}, ${map})`;
      return `${JSON.stringify(branch.key)}: ${value}`;
    });
    functions[at] = `function ${name}(row) { return { ${[...columns, ...related].join(', ')} }; }`;
    return name;
  };
  const map = write(root, true);
  const names = codecs.map((_, position) => `c${position}`);
  // oxlint-disable-next-line typescript/no-implied-eval -- property names are quoted as JSON, everything else is ours
  const body = new Function(
    'parse',
    'checked',
    'checkedOne',
    'mapAll',
    'mapOne',
    ...names,
    `${functions.join('\n')}\nreturn ${map};`,
  );
  const make: (...given: readonly unknown[]) => RowMapper = Object.assign(body);
  return make(parseCell, checkedRows, checkedRow, mapAll, mapOne, ...codecs);
}

function access(cell: readonly number[]): string {
  return `row${cell.map((place) => `[${place}]`).join('')}`;
}

function loopMapper(root: Level): RowMapper {
  const map = ({ members, branches }: Level, isRoot: boolean): RowMapper => {
    const related = branches.map((branch) => ({ branch, mapRow: map(branch, false) }));
    return (row) => {
      const result: Record<string, unknown> = {};
      for (const { key, cell, codec } of members) {
        const value = valueAt(row, cell);
        result[key] = value === null ? null : codec.decode(value);
      }
      for (const { branch, mapRow } of related) {
        const found = valueAt(row, branch.cell);
        const parsed = isRoot ? parseCell(found) : found;
        const { number, counted, many } = branch;
        const value = counted ? (many ? checkedRows(parsed) : checkedRow(parsed)) : parsed;
        result[branch.key] = many
          ? mapAll(value, mapRow, number === undefined ? undefined : (one) => Number(valueAt(one, number)))
          : mapOne(value, mapRow);
      }
      return result;
    };
  };
  return map(root, true);
}

function valueAt(row: readonly unknown[], cell: readonly number[]): unknown {
  return cell.reduce<unknown>((value, place) => (value as readonly unknown[])[place], row);
}

function parseCell(text: unknown): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text as string);
  } catch {
    // What the parser complains of quotes the text, which is values.
    throw cutShort();
  }
}

/** The rows before their number, all of which must be there. */
function checkedRows(found: unknown): readonly unknown[] | null {
  const [rows, count] = (found ?? [null, undefined]) as readonly [readonly unknown[] | null, number | undefined];
  if ((rows?.length ?? 0) !== count) throw cutShort();
  return rows;
}

function checkedRow(found: unknown): unknown {
  return checkedRows(found)?.[0] ?? null;
}

function cutShort(): RowhouseError {
  return new RowhouseError('STATEMENT_FAILED', 'the server cut the related rows short', {
    hint: 'ask for fewer of them with a limit, or raise what the server puts into one value (max_allowed_packet)',
  });
}

function mapOne(row: unknown, mapRow: RowMapper): Record<string, unknown> | null {
  return row === null ? null : mapRow(row as readonly unknown[]);
}

/** The rows take the place of their arrays: nothing else holds what was parsed. */
function mapAll(
  found: unknown,
  mapRow: RowMapper,
  numberOf: ((row: readonly unknown[]) => number) | undefined,
): readonly unknown[] {
  if (found === null) return [];
  const rows = found as unknown[];
  if (numberOf !== undefined && !rows.includes(null)) {
    (rows as (readonly unknown[])[]).sort((a, b) => numberOf(a) - numberOf(b));
  }
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as readonly unknown[] | null;
    if (row === null) throw cutShort();
    rows[place] = mapRow(row);
  }
  return rows;
}
