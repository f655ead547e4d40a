/** "This command is not supported in the prepared statement protocol yet". */
export function isUnpreparable(error: unknown): boolean {
  return errnoOf(error) === 1295;
}

/** The server forgot the statement (1243), or its tables changed too often while it was prepared again (1615). */
export function isStale(error: unknown): boolean {
  return errnoOf(error) === 1243 || errnoOf(error) === 1615;
}

function errnoOf(error: unknown): unknown {
  return error instanceof Error && 'errno' in error ? error.errno : undefined;
}

/** The error that the server would have for another number of values than of placeholders. */
export function wrongValueCount(placeholders: number, values: number): Error {
  return Object.assign(new Error(`the statement has ${placeholders} placeholders and got ${values} values`), {
    code: 'ER_WRONG_ARGUMENTS',
    errno: 1210,
  });
}

export function lineEnded(): Error {
  return Object.assign(new Error('the server closed the connection'), { code: 'PROTOCOL_CONNECTION_LOST' });
}
