/** The module of a package that may not be installed; undefined when it is not. Any other failure to load is thrown. */
export async function importOptional(name: string): Promise<unknown> {
  try {
    const loaded: unknown = await import(name);
    return loaded;
  } catch (error) {
    if (isMissing(error, name)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown, name: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code === 'ERR_UNKNOWN_BUILTIN_MODULE') return true;
  // The package itself, not something that it needs in turn: that is a broken installation and worth an error.
  return error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(`package '${name}'`);
}
