import { refused } from '../../../dialect/structure/compare.ts';
import type { AlterClause } from './alter-clause.ts';
import { objectId } from './fact-ids.ts';
import type { TableChanges } from './table-changes.ts';

/** The clauses that make the options of a table those of another state. */
export function optionClauses({ from, to }: TableChanges): readonly AlterClause[] {
  const set = Object.entries(to.frame.options).filter(([key, text]) => from.frame.options[key] !== text);
  const unset = Object.keys(from.frame.options).filter((key) => to.frame.options[key] === undefined);
  return [
    ...set.map(([key, text]) => option(from.name, key, text)),
    ...unset.map((key) => option(from.name, key, initialOption(from.name, key))),
  ];
}

/** Options that are read when the table is made and never again. */
const isFixed = /^(?:(?:DATA|INDEX) DIRECTORY|TABLESPACE)$/;
const isLight = /^(?:COMMENT|CHARSET|STATS_\w+|AVG_ROW_LENGTH|MAX_ROWS|MIN_ROWS)$/;

function option(table: string, key: string, sql: string): AlterClause {
  if (isFixed.test(key))
    throw refused(objectId('table', table), `its option ${key.toLowerCase()} is fixed when a table is made`);
  return { sql, keys: [keyOf(key)], place: 'main', cost: isLight.test(key) ? 'catalog' : 'copy' };
}

/** How rows are stored is one choice, whichever options say it. */
function keyOf(key: string): string {
  return /^(?:ENGINE|ROW_FORMAT|KEY_BLOCK_SIZE|PAGE_COMPRESSED|TRANSACTIONAL)$/.test(key)
    ? 'option ENGINE'
    : `option ${key}`;
}

/** What an option that is not printed stands at. */
function initialOption(table: string, key: string): string {
  if (key.startsWith('`')) return `${key}=default`;
  switch (key) {
    case 'COMMENT':
    case 'CONNECTION':
    case 'COMPRESSION':
    case 'PASSWORD':
      return `${key}=''`;
    case 'ROW_FORMAT':
    case 'PACK_KEYS':
    case 'STATS_PERSISTENT':
    case 'STATS_AUTO_RECALC':
    case 'STATS_SAMPLE_PAGES':
    case 'TRANSACTIONAL':
    case 'PAGE_CHECKSUM':
      return `${key}=default`;
    case 'AVG_ROW_LENGTH':
    case 'MAX_ROWS':
    case 'MIN_ROWS':
    case 'KEY_BLOCK_SIZE':
    case 'CHECKSUM':
    case 'TABLE_CHECKSUM':
    case 'DELAY_KEY_WRITE':
    case 'AUTOEXTEND_SIZE':
      return `${key}=0`;
    case 'ENCRYPTION':
      return `${key}='N'`;
    case 'INSERT_METHOD':
      return `${key}=NO`;
    case 'UNION':
      return `${key}=()`;
    case 'ENGINE_ATTRIBUTE':
    case 'SECONDARY_ENGINE_ATTRIBUTE':
      return `${key}='{}'`;
    case 'SECONDARY_ENGINE':
      return `${key}=NULL`;
    default:
      throw refused(objectId('table', table), `it is not known how its option ${key.toLowerCase()} is taken back`);
  }
}
