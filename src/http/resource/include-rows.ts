import type { ReadOptions } from '../../repository/repository.ts';
import type { RowShape } from './row-shape.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a read must ask for to fill the shape: related rows, one more than shown, so that a cut is seen. */
export function includeOf({ branches }: RowShape): ReadOptions & { readonly include?: object } {
  if (branches.length === 0) return {};
  const include = branches.map(({ name, many, limit, resource, shape }): [string, object] => [
    name,
    { ...includeOf(shape), ...(many ? { limit: limit + 1, order: orderOf(resource) } : {}) },
  ]);
  return { include: Object.fromEntries(include) };
}

/** Rows as JSON, and the paths of the relations of which not all rows are shown. */
export interface ShapedRows {
  readonly items: readonly Row[];
  readonly cut: ReadonlySet<string>;
}

/** Rows in the shape that a request asks for. */
export function shapeRows(rows: readonly Row[], shape: RowShape): ShapedRows {
  const cut = new Set<string>();
  return { items: rows.map((row) => shapeRow(row, shape, '', cut)), cut };
}

/** A cut relation is named in a header, as in a URL: nobody takes a part for all, and a header holds no other letters. */
export function cutHeader({ cut }: ShapedRows): Readonly<Record<string, string>> {
  return cut.size === 0 ? {} : { 'include-truncated': [...cut].map(encodeURIComponent).join(', ') };
}

function shapeRow(row: Row, { members, branches }: RowShape, path: string, cut: Set<string>): Row {
  const json: Record<string, unknown> = {};
  for (const { name, field } of members) {
    const value = row[field.key];
    json[name] = value === null ? null : field.wire.toWire(value);
  }
  for (const { name, many, limit, shape } of branches) {
    const related = row[name];
    const place = path + name;
    if (!many) {
      json[name] = related === null ? null : shapeRow(related as Row, shape, `${place}.`, cut);
      continue;
    }
    const rows = related as readonly Row[];
    if (rows.length > limit) cut.add(place);
    json[name] = rows.slice(0, limit).map((one) => shapeRow(one, shape, `${place}.`, cut));
  }
  return json;
}

function orderOf({ defaultOrder, primaryKey }: RowShape['branches'][number]['resource']): readonly string[] {
  return defaultOrder.length > 0 ? defaultOrder : primaryKey.map(({ key }) => key);
}
