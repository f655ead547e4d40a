import type { ErrorCode } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** What the operating system says about a file, as an error of ours; any other error as it is. */
export function fileError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const reason = reasons[String(error.code)];
  if (reason === undefined) return error;
  const path = 'path' in error ? String(error.path) : 'a file';
  return new RowhouseError(reason.code, `${path}: ${reason.says}`, {
    details: { path, errno: error.code, syscall: error.syscall },
    hint: reason.hint,
    cause: error,
  });
}

interface Reason {
  readonly code: ErrorCode;
  readonly says: string;
  readonly hint?: string;
}

const forbidden: Reason = {
  code: 'PERMISSION_DENIED',
  says: 'this user may not do that here',
  hint: 'check the owner and the rights of the file and of its directory',
};

const full: Reason = {
  code: 'DISK_FULL',
  says: 'the disk is full',
  hint: 'make room, then run the same command again',
};

const reasons: Readonly<Record<string, Reason>> = {
  EACCES: forbidden,
  EPERM: forbidden,
  ENOSPC: full,
  EDQUOT: full,
  EROFS: { code: 'READ_ONLY', says: 'the disk is read-only', hint: 'choose a directory that can be written' },
  ENOENT: { code: 'FILE_FAILED', says: 'there is no such file or directory' },
  ENOTDIR: { code: 'FILE_FAILED', says: 'a part of this path is a file, not a directory' },
  EISDIR: { code: 'FILE_FAILED', says: 'it is a directory, not a file' },
  EEXIST: { code: 'FILE_FAILED', says: 'it is there already' },
};
