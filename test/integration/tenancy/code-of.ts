/** The code of the error that a call ends with; `done` when it has none. */
export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => 'done',
    (error: unknown) => (error as { readonly code?: unknown }).code ?? error,
  );
}
