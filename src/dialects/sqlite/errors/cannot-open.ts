import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { ErrorCode } from '../../../errors/codes.ts';

/** SQLite says that it cannot open a file, not why; the file system knows. */
export function cannotOpen(file: string | undefined): readonly [code: ErrorCode, message: string, hint: string] {
  const about = `the database file${file === undefined ? '' : ` ${file}`}`;
  // WAL keeps two files beside the database, so the directory counts as much as the file.
  const refusals = file === undefined ? [] : [refusal(file), refusal(dirname(file))];
  if (refusals.includes('EROFS'))
    return [
      'READ_ONLY',
      `${about} is on a disk that is read-only`,
      'a copy on a disk that can be written can be read, too',
    ];
  if (refusals.includes('EACCES'))
    return [
      'PERMISSION_DENIED',
      `this user may not write ${about}`,
      'check the owner and the rights of the file and of its directory',
    ];
  return [
    'DATABASE_NOT_FOUND',
    `${about} cannot be opened`,
    'its directory must be there, and the file readable and writable',
  ];
}

/** Why a path cannot be written; undefined when it can. */
function refusal(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
