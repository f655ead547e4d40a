import type { EnumType } from '../../../catalog/model/enum-type.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import type { RawObject } from '../../../catalog/model/raw-object.ts';
import type { View } from '../../../catalog/model/view.ts';
import type { Connection } from '../../../driver/connection.ts';
import type { Flavor } from '../flavor.ts';
import { mysqlText } from '../text.ts';
import type { CatalogQueries } from './catalog-queries.ts';
import { inspectColumn } from './column.ts';
import { showCreate, withoutDefiner } from './raw-objects.ts';
import type { Row } from './rows.ts';

/** What the views of a database come to. */
export interface InspectedViews {
  readonly views: readonly View[];
  readonly enums: readonly EnumType[];
  /** Views that run with an algorithm or rights of their own. */
  readonly raw: readonly RawObject[];
}

/** The views, each after those it reads, with the text that `show create view` gives: it leaves the database's name out. */
export async function inspectViews(
  connection: Connection,
  columns: ReadonlyMap<string, readonly Row[]>,
  flavor: Flavor,
  queries: CatalogQueries,
): Promise<InspectedViews> {
  const views: View[] = [];
  const enums: EnumType[] = [];
  const raw: RawObject[] = [];
  for (const [name, rows] of columns) {
    const text = await showCreate(connection, 'view', name);
    const query = plainView.exec(text)?.[1];
    if (query === undefined) {
      raw.push(rawView(name, text, flavor));
      continue;
    }
    const context = { queries, tableCollation: undefined, isJson: () => false };
    const inspected = rows.map((row) => inspectColumn(row, context));
    const shown = inspected.map(({ column: { name: of, type, nullable } }) => ({ name: of, type, nullable }));
    views.push({ name, query: textExpression(query), columns: shown, materialized: false });
    enums.push(...inspected.flatMap((column) => column.enum ?? []));
  }
  return { views: inReadingOrder(views), enums, raw };
}

const plainView =
  /^CREATE ALGORITHM=UNDEFINED DEFINER=\S+ SQL SECURITY DEFINER VIEW `(?:[^`]|``)+`(?: ?\((?:`(?:[^`]|``)*`,?)*\))? AS (.*)$/is;

function rawView(name: string, text: string, flavor: Flavor): RawObject {
  return {
    type: 'view',
    name,
    create: { [flavor.name]: withoutDefiner(text) },
    drop: { [flavor.name]: `drop view ${mysqlText.name(name)}` },
    stage: 'after-tables',
  };
}

/** A view that names another in its text comes after it. */
function inReadingOrder(views: readonly View[]): readonly View[] {
  const ordered = new Set<View>();
  const visit = (view: View, path: ReadonlySet<View>): void => {
    if (ordered.has(view) || path.has(view)) return;
    for (const other of views) if (other !== view && mentions(view, other)) visit(other, new Set([...path, view]));
    ordered.add(view);
  };
  for (const view of views) visit(view, new Set());
  return [...ordered];
}

function mentions(view: View, other: View): boolean {
  const [part] = view.query.parts;
  return part?.kind === 'text' && part.text.includes(mysqlText.name(other.name));
}
