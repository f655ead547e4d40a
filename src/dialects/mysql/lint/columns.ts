import { onClause, onColumn } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** What is not said again is gone. */
export const modifyLosesAttributes: LintRule = {
  code: 'modify-loses-attributes',
  severity: 'warning',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'MODIFY or CHANGE does not say all that the column is',
  why: 'Whatever the statement does not repeat is lost without a word: NOT NULL, the default, the comment, the character set.',
  hint: 'repeat the whole definition, with NULL or NOT NULL and its default',
  bad: 'alter table invoice modify total bigint;',
  good: "alter table invoice modify total bigint not null default 0 comment 'in cents';",
  judge: onClause(['modify-column'], ({ column }, { table }) =>
    column.notNull || column.saysNull
      ? undefined
      : `${table.name}.${column.name} loses NOT NULL, its default and its comment if it had them`,
  ),
};

/** Every row is copied for a type. */
export const modifyColumnCopies: LintRule = {
  code: 'modify-column-copies',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'the definition of a column is changed',
  why: 'Measured: most changes of a type copy the table while nobody writes it, and making a column NOT NULL writes every row anew. A longer varchar, a value at the end of an enum and a new default do not.',
  hint: 'write ALGORITHM=INPLACE, LOCK=NONE, so that the server refuses to copy; else use an online copy',
  bad: 'alter table invoice modify total bigint not null;',
  good: 'alter table invoice modify total bigint not null, algorithm=inplace, lock=none;',
  judge: onClause(['modify-column'], ({ column }, { table, algorithm }) =>
    algorithm === 'instant' || algorithm === 'inplace' || algorithm === 'nocopy'
      ? undefined
      : `${table.name} may be copied for ${column.name} while nobody writes it`,
  ),
};

/** A list of values that is cut or sorted anew. */
export const changeEnumValues: LintRule = {
  code: 'change-enum-values',
  severity: 'warning',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'the values of an ENUM or SET column are changed',
  why: 'Rows keep numbers and not texts: a value that is taken out or moved becomes another one, or the empty one. Only adding at the end is free.',
  hint: 'add values at the end only, with ALGORITHM=INSTANT so that anything else is refused',
  bad: "alter table invoice modify state enum('new', 'sent') not null;",
  good: "alter table invoice modify state enum('new', 'sent', 'paid') not null, algorithm=instant;",
  judge: onClause(['modify-column'], ({ column }, { table, algorithm }) =>
    /^(?:enum|set)$/.test(column.type.name) && algorithm !== 'instant'
      ? `the values of ${table.name}.${column.name} are listed anew`
      : undefined,
  ),
};

/** Zero, nothing and the year 0. */
export const addRequiredColumnFillsIn: LintRule = {
  code: 'add-required-column-fills-in',
  severity: 'warning',
  sparesNewTables: true,
  title: 'a column that must have a value is added without one',
  why: "Old rows get 0, '' or '0000-00-00' without a word, which nobody can tell from real values later; dates are refused in strict mode.",
  hint: 'give a default, or let it hold NULL, fill it, and require it later',
  bad: 'alter table invoice add column state int not null;',
  good: 'alter table invoice add column state int not null default 0;',
  judge: onClause(['add-column'], ({ column }, { table }) => {
    const hasValue = column.default !== undefined || column.generated !== undefined || column.autoIncrement;
    return column.notNull && !hasValue ? `rows of ${table.name} get an invented ${column.name}` : undefined;
  }),
};

/** A default that differs from row to row. */
export const addExpressionDefaultCopies: LintRule = {
  code: 'add-expression-default-copies',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a column is added with a default that is an expression',
  why: 'Measured: the table is copied while nobody writes it, and statement-based replicas work out other values.',
  hint: 'add it without the default, set the default, then fill the old rows in batches',
  bad: 'alter table invoice add column token varchar(36) default (uuid());',
  good: 'alter table invoice add column token varchar(36);\nalter table invoice alter column token set default (uuid());',
  judge: onClause(['add-column'], ({ column }, { table }) =>
    column.default?.[0]?.text === '(' ? `${table.name} is copied for the default of ${column.name}` : undefined,
  ),
};

/** A computed column that is kept. */
export const addStoredColumnCopies: LintRule = {
  code: 'add-stored-column-copies',
  severity: 'error',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a stored generated column is added',
  why: 'Measured: the table is copied while nobody writes it.',
  hint: 'make it VIRTUAL, which is instant, and put an index on it where it is searched',
  bad: 'alter table invoice add column gross int generated always as (net * 2) stored;',
  good: 'alter table invoice add column gross int generated always as (net * 2) virtual;',
  judge: onClause(['add-column'], ({ column }, { table }) =>
    column.generated === 'stored' ? `${table.name} is copied for ${column.name}` : undefined,
  ),
};

/** A place in the middle. */
export const columnInTheMiddle: LintRule = {
  code: 'column-in-the-middle',
  severity: 'warning',
  sparesNewTables: true,
  sparesPlanned: 'asks',
  title: 'a column is put first or behind another one',
  why: 'Measured: on many shapes of table FIRST and AFTER turn an instant change into a copy of the table, and code that inserts without naming columns breaks.',
  hint: 'add it at the end; a view can show another order',
  bad: 'alter table invoice add column note text after id;',
  good: 'alter table invoice add column note text;',
  judge: onClause(['add-column', 'modify-column'], ({ column }, { table, algorithm }) =>
    column.placed && algorithm !== 'instant' ? `${column.name} is put in the middle of ${table.name}` : undefined,
  ),
};

/** Money with rounding errors. */
export const approximateNumber: LintRule = {
  code: 'approximate-number',
  severity: 'advice',
  title: 'a column is a float or a double',
  why: 'Most decimal fractions cannot be kept in it: sums of money drift, and equality finds nothing.',
  hint: 'use decimal(p, s)',
  bad: 'create table invoice (id bigint primary key, total double);',
  good: 'create table invoice (id bigint primary key, total decimal(12, 2));',
  judge: onColumn(({ name, type }) =>
    /^(?:float|double|double precision|real)\b/.test(type.name) ? `column ${name} rounds decimal fractions` : undefined,
  ),
};

/** A calendar that ends. */
export const timestampEnds: LintRule = {
  code: 'timestamp-ends-in-2038',
  severity: 'advice',
  title: 'a column is a timestamp',
  why: 'It ends on 19 January 2038, and what it shows depends on the time zone of the session.',
  hint: 'use datetime(6) in UTC',
  bad: 'create table invoice (id bigint primary key, due timestamp);',
  good: 'create table invoice (id bigint primary key, due datetime(6));',
  judge: onColumn(({ name, type }) => (type.name === 'timestamp' ? `column ${name} ends in 2038` : undefined)),
};

/** Keys that run out. */
export const shortAutoIncrement: LintRule = {
  code: 'short-auto-increment',
  severity: 'warning',
  title: 'an AUTO_INCREMENT column is narrower than BIGINT',
  why: 'Numbers are used up by failed inserts and upserts too. When they end, every insert fails, and making the column wider copies the table.',
  hint: 'use bigint unsigned',
  bad: 'create table invoice (id int auto_increment primary key);',
  good: 'create table invoice (id bigint unsigned auto_increment primary key);',
  judge: onColumn(({ name, type, autoIncrement }) =>
    autoIncrement && !type.name.startsWith('bigint') ? `the numbers of ${name} end too early` : undefined,
  ),
};

/** Half of Unicode. */
export const shortUtf8: LintRule = {
  code: 'three-byte-utf8',
  severity: 'warning',
  title: 'text is kept as utf8mb3',
  why: 'It has no room for emoji and for many names in Chinese: inserts fail or are cut. It is deprecated.',
  hint: 'use utf8mb4',
  bad: 'create table invoice (id bigint primary key, note text) default charset=utf8;',
  good: 'create table invoice (id bigint primary key, note text) default charset=utf8mb4;',
  judge: ({ action, words }) => {
    const defines = action.kind === 'create-table' || action.kind === 'alter-table';
    const found = words.find(
      ({ kind, text }, at) =>
        kind === 'word' &&
        /^utf8(?:mb3)?$/.test(text) &&
        isCharset(words[at - 1]?.text ?? '', words[at - 2]?.text ?? ''),
    );
    return defines && found !== undefined ? [{ message: 'text is kept as utf8mb3', at: found.at }] : [];
  },
};

function isCharset(before: string, beforeThat: string): boolean {
  const word = before === '=' ? beforeThat : before;
  return word === 'charset' || word === 'set';
}

/** A date that is none. */
export const zeroDate: LintRule = {
  code: 'zero-date',
  severity: 'error',
  title: 'the default of a column is the date 0000-00-00',
  why: 'Strict servers refuse it, among them the one that a backup is restored to.',
  hint: 'let the column hold NULL',
  bad: "create table invoice (id bigint primary key, due datetime default '0000-00-00 00:00:00');",
  good: 'create table invoice (id bigint primary key, due datetime null);',
  judge: onColumn(({ name, default: words = [] }) =>
    words.some(({ text }) => text.startsWith("'0000-00-00")) ? `the default of ${name} is no date` : undefined,
  ),
};

/** A number that means nothing. */
export const displayWidth: LintRule = {
  code: 'display-width',
  severity: 'advice',
  title: 'an integer has a display width',
  why: 'int(3) holds as much as int: the number says how many characters an old client once showed. It is deprecated, and servers drop it, so a comparison finds a difference for ever.',
  hint: 'leave the width and ZEROFILL out; use boolean for tinyint(1)',
  bad: 'create table invoice (id bigint primary key, part int(3));',
  good: 'create table invoice (id bigint primary key, part int);',
  judge: onColumn(({ name, type }) =>
    /^(?:tinyint|smallint|mediumint|int|integer|bigint)\b/.test(type.name) &&
    type.arguments.length > 0 &&
    !isFlag(type.name, type.arguments[0]?.text)
      ? `the width of ${name} means nothing`
      : undefined,
  ),
};

function isFlag(type: string, width: string | undefined): boolean {
  return type === 'tinyint' && width === '1';
}

/** A foreign key that is not made. */
export const inlineReferencesIgnored: LintRule = {
  code: 'inline-references-ignored',
  severity: 'error',
  title: 'REFERENCES stands beside a column',
  why: 'MySQL before 9 reads it and makes no foreign key; MariaDB makes one. The same file gives two schemas, and nobody is told.',
  hint: 'write FOREIGN KEY (column) REFERENCES … as a constraint of the table',
  bad: 'create table invoice (id bigint primary key, customer bigint references customer (id));',
  good: 'create table invoice (id bigint primary key, customer bigint, foreign key (customer) references customer (id));',
  judge: onColumn(({ name, references }) =>
    references === undefined ? undefined : `whether ${name} gets its foreign key depends on the server`,
  ),
};
