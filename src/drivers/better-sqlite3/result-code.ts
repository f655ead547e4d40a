/**
 * The library's error with `errcode`, SQLite's extended result code as a number, as the errors of `node:sqlite` carry
 * it; the library itself tells the code's name. An error that is not SQLite's comes back as it is.
 */
export function withResultCode(error: unknown): unknown {
  if (!(error instanceof Error) || 'errcode' in error) return error;
  const own = libraryErrors.find(([pattern]) => pattern.test(error.message));
  if (own !== undefined) return Object.assign(error, { errcode: own[1] });
  if (!('code' in error) || typeof error.code !== 'string') return error;
  const errcode = resultCode(error.code);
  return errcode === undefined ? error : Object.assign(error, { errcode });
}

/** `SQLITE_CONSTRAINT_UNIQUE` is 2067: the number of CONSTRAINT, and the place of UNIQUE in its list, times 256. */
function resultCode(name: string): number | undefined {
  const unknown = /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(name);
  if (unknown !== null) return Number(unknown[1]);
  const [, primary = '', , detail] = /^SQLITE_([A-Z]+)(_(.+))?$/.exec(name) ?? [];
  const code = codes[primary as keyof typeof codes];
  if (code === undefined || detail === undefined) return code;
  return code + 256 * (details[primary]?.indexOf(detail) ?? -1) + 256;
}

const codes = {
  ERROR: 1,
  INTERNAL: 2,
  PERM: 3,
  ABORT: 4,
  BUSY: 5,
  LOCKED: 6,
  NOMEM: 7,
  READONLY: 8,
  INTERRUPT: 9,
  IOERR: 10,
  CORRUPT: 11,
  NOTFOUND: 12,
  FULL: 13,
  CANTOPEN: 14,
  PROTOCOL: 15,
  EMPTY: 16,
  SCHEMA: 17,
  TOOBIG: 18,
  CONSTRAINT: 19,
  MISMATCH: 20,
  MISUSE: 21,
  NOLFS: 22,
  AUTH: 23,
  FORMAT: 24,
  RANGE: 25,
  NOTADB: 26,
} as const;

/** What the library finds out before it asks SQLite, under the code that SQLite would have given. */
const libraryErrors: readonly (readonly [RegExp, number])[] = [
  [/^Cannot open database because/, codes.CANTOPEN],
  [/^Too (?:few|many) parameter values/, codes.RANGE],
  [/contains more than one statement$/, codes.ERROR],
];

/** The extended codes of each, in the order of their numbers, from 1. */
const details: Readonly<Record<string, readonly string[]>> = {
  ERROR: ['MISSING_COLLSEQ', 'RETRY', 'SNAPSHOT'],
  ABORT: ['', 'ROLLBACK'],
  BUSY: ['RECOVERY', 'SNAPSHOT', 'TIMEOUT'],
  LOCKED: ['SHAREDCACHE', 'VTAB'],
  READONLY: ['RECOVERY', 'CANTLOCK', 'ROLLBACK', 'DBMOVED', 'CANTINIT', 'DIRECTORY'],
  // prettier-ignore
  IOERR: ['READ', 'SHORT_READ', 'WRITE', 'FSYNC', 'DIR_FSYNC', 'TRUNCATE', 'FSTAT', 'UNLOCK', 'RDLOCK', 'DELETE', 'BLOCKED', 'NOMEM', 'ACCESS', 'CHECKRESERVEDLOCK', 'LOCK', 'CLOSE', 'DIR_CLOSE', 'SHMOPEN', 'SHMSIZE', 'SHMLOCK', 'SHMMAP', 'SEEK', 'DELETE_NOENT', 'MMAP', 'GETTEMPPATH', 'CONVPATH', 'VNODE', 'AUTH', 'BEGIN_ATOMIC', 'COMMIT_ATOMIC', 'ROLLBACK_ATOMIC', 'DATA', 'CORRUPTFS', 'IN_PAGE'],
  CORRUPT: ['VTAB', 'SEQUENCE', 'INDEX'],
  CANTOPEN: ['NOTEMPDIR', 'ISDIR', 'FULLPATH', 'CONVPATH', 'DIRTYWAL', 'SYMLINK'],
  // prettier-ignore
  CONSTRAINT: ['CHECK', 'COMMITHOOK', 'FOREIGNKEY', 'FUNCTION', 'NOTNULL', 'PRIMARYKEY', 'TRIGGER', 'UNIQUE', 'VTAB', 'ROWID', 'PINNED', 'DATATYPE'],
  AUTH: ['USER'],
};
