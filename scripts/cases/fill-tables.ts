/** A column that can be given a value, with SQL expressions that its type takes. */
export interface FillColumn {
  readonly name: string;
  readonly candidates: readonly string[];
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** Values that must be there already: an expression that reads one, by row number. */
  readonly reference?: ((row: number) => string) | undefined;
}

export interface FillTable {
  readonly name: string;
  /** As it stands in a statement. */
  readonly sqlName: string;
  readonly columns: readonly FillColumn[];
  /** Its rows may as well be those of its parts. */
  readonly optional?: boolean;
}

const rowsWanted = 3;
const attempts = 24;

/** Puts up to three rows in every table, referred tables first; gives the names of those that took none. */
export async function fillTables(
  tables: readonly FillTable[],
  quote: (name: string) => string,
  insert: (sql: string) => Promise<boolean>,
): Promise<readonly string[]> {
  let empty = tables;
  for (;;) {
    const still: FillTable[] = [];
    for (const table of empty) if (!(await fillTable(table, quote, insert))) still.push(table);
    if (still.length === 0 || still.length === empty.length) {
      return still.filter(({ optional }) => optional !== true).map(({ name }) => name);
    }
    empty = still;
  }
}

async function fillTable(
  table: FillTable,
  quote: (name: string) => string,
  insert: (sql: string) => Promise<boolean>,
): Promise<boolean> {
  let rows = 0;
  for (let attempt = 0; attempt < attempts && rows < rowsWanted; attempt += 1) {
    if (await insert(insertion(table, attempt, quote))) rows += 1;
    else if (attempt > 12 && rows > 0) break;
  }
  return rows > 0;
}

function insertion({ sqlName, columns }: FillTable, attempt: number, quote: (name: string) => string): string {
  const given = columns.flatMap((column, position) => {
    const value = valueFor(column, attempt, position);
    return value === undefined ? [] : [[quote(column.name), value] as const];
  });
  if (given.length === 0) return `insert into ${sqlName} default values`;
  return `insert into ${sqlName} (${given.map(([name]) => name).join(', ')}) values (${given.map(([, value]) => value).join(', ')})`;
}

/** The first attempts go through the candidates side by side; later ones mix them in ever other ways. */
function valueFor(column: FillColumn, attempt: number, position: number): string | undefined {
  const { candidates, nullable, hasDefault, reference } = column;
  if (reference !== undefined) return nullable && attempt % 5 === 4 ? undefined : reference(attempt);
  if (hasDefault && attempt % 4 === 3) return undefined;
  if (candidates.length === 0) return undefined;
  const stride = attempt < 8 ? attempt : attempt * (position + 1) + Math.floor(attempt / 3) * position;
  return candidates[stride % candidates.length];
}

/** Constants that stand in the text of checks and bounds: what they ask for is often one of them. */
export function constantsIn(text: string): { readonly texts: readonly string[]; readonly numbers: readonly number[] } {
  const texts = [...text.matchAll(/'((?:[^']|'')*)'/g)].map(([, inner = '']) => inner);
  const plain = text.replaceAll(/'(?:[^']|'')*'/g, ' ');
  const numbers = [...plain.matchAll(/(?<![\w.])-?\d+(?:\.\d+)?/g)].map(([number]) => Number(number));
  return { texts: [...new Set(texts)], numbers: [...new Set(numbers.flatMap((one) => [one, one + 1, one - 1]))] };
}
