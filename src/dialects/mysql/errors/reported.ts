/** What the library said. An error of the server has an SQLSTATE. */
export interface Reported {
  readonly code: string;
  readonly errno: number;
  readonly sqlState: string;
  readonly message: string;
}

/** The fields of whatever was thrown. */
export function reported(error: unknown): Reported {
  const fields: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? { ...error } : {};
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    code: text(fields['code']),
    errno: typeof fields['errno'] === 'number' ? fields['errno'] : 0,
    sqlState: text(fields['sqlState']),
    message: text(fields['sqlMessage']) || (error instanceof Error ? error.message : ''),
  };
}
