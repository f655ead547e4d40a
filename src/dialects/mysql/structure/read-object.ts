import type { Connection } from '../../../driver/connection.ts';
import { mysqlText } from '../text.ts';

/** One object to read, and what is known of the database around it. */
export interface ReadObject {
  readonly connection: Connection;
  readonly kind: string;
  readonly name: string;
  /** The table of a trigger. */
  readonly table: string | undefined;
  /** The trigger before it, of the same table, moment and event. */
  readonly follows: string | undefined;
  /** Who reads: objects of this account say nothing of their owner. */
  readonly user: string;
  readonly database: string;
  readonly objects: readonly { readonly kind: string; readonly name: string }[];
  /** Names of tables, views and sequences. */
  readonly relations: ReadonlySet<string>;
}

/** Why an object cannot be told. */
export interface ReadRefusal {
  readonly reason: string;
  /** What the server shows of it. */
  readonly text: string;
}

/** Was the object not told? */
export function isRefusal(found: object): found is ReadRefusal {
  return 'reason' in found;
}

/** What `show create` answers, cell by column name in lower case; `text` is the statement, absent where it is not shown. */
export interface Shown {
  readonly text: string | undefined;
  cell(column: string): string;
}

/** Asks for the statement that makes an object. */
export async function showObject({ connection, kind, name }: ReadObject): Promise<Shown> {
  const { rows, fields } = await connection.run({ sql: `show create ${kind} ${mysqlText.name(name)}` }, []);
  const cells = (rows[0] ?? []).map((cell) => (Buffer.isBuffer(cell) ? cell.toString('utf8') : cell));
  const statement = fields.findIndex((field) => /^create |^sql original statement$/i.test(field));
  const text = cells[statement];
  return {
    text: typeof text === 'string' ? text : undefined,
    cell(column) {
      const cell = cells[fields.findIndex((field) => field.toLowerCase() === column)];
      return typeof cell === 'string' ? cell : '';
    },
  };
}

/** The refusal of an object whose text the account may not see. */
export const notShown: ReadRefusal = { reason: 'its text is not shown to this account', text: '' };

/** The account that owns an object, and the text without it. Nothing for the account that reads. */
export function splitDefiner(text: string, user: string): { readonly definer: string; readonly text: string } {
  const found = / DEFINER=(`(?:[^`]|``)*`(?:@`(?:[^`]|``)*`)?)/.exec(text);
  if (found?.[1] === undefined) return { definer: '', text };
  const account = found[1].replaceAll('`', '');
  return { definer: account === user ? '' : found[1], text: text.replace(found[0], '') };
}
