import { backquoted, doubleQuoted } from './sql-text.ts';

/**
 * By engine, what drops an object of this type; `any` is among them where every engine has a text. Empty: only whoever
 * made the object knows, or the table that it belongs to is not told.
 */
export function dropTexts(type: string, name: string, table: string | undefined): Readonly<Record<string, string>> {
  const [double, back] = [doubleQuoted({ name }), backquoted({ name })];
  const onDouble = table === undefined ? '' : ` on ${doubleQuoted({ name: table })}`;
  const onBack = table === undefined ? '' : ` on ${backquoted({ name: table })}`;
  switch (type) {
    case 'view':
    case 'function':
    case 'procedure':
      return everywhere(`drop ${type} ${double}`, `drop ${type} ${back}`);
    case 'trigger': {
      const texts = everywhere(`drop trigger ${double}`, `drop trigger ${back}`);
      return table === undefined ? {} : { ...texts, postgresql: `drop trigger ${double}${onDouble}` };
    }
    case 'index':
      return table === undefined ? {} : everywhere(`drop index ${double}`, `drop index ${back}${onBack}`);
    case 'policy':
      return table === undefined ? {} : { postgresql: `drop policy ${double}${onDouble}` };
  }
  return {};
}

function everywhere(doubled: string, backed: string): Readonly<Record<string, string>> {
  return { postgresql: doubled, sqlite: doubled, mysql: backed, mariadb: backed, any: doubled };
}
