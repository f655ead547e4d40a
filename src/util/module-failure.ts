/** Why a module could not be loaded, with the file and line of a syntax error, which Node tells in the stack alone. */
export function moduleFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node adds which of our own files asked for it; that helps nobody who looks for theirs.
  const message = error.message.replace(/ imported from \S*\/(?:dist|src)\/\S*$/, '');
  const place = error instanceof SyntaxError ? syntaxPlace(error) : thrownAt(error);
  return place === undefined ? message : `${place}: ${message}`;
}

/** The stack of a syntax error begins with the place, the line, and a line of carets below it. */
function syntaxPlace({ stack = '' }: Error): string | undefined {
  const [first = '', , carets = ''] = stack.split('\n');
  const [, file, line] = /^(?:file:\/\/)?(\/.+|[A-Za-z]:.+):(\d+)$/.exec(first) ?? [];
  if (file === undefined) return undefined;
  const column = /^ *\^+ *$/.test(carets) ? `:${carets.indexOf('^') + 1}` : '';
  return `${file}:${line}${column}`;
}

/** An error that the module itself threw while it ran: its top frame. */
function thrownAt({ stack = '' }: Error): string | undefined {
  const [, frame = ''] = stack.slice(stack.indexOf('\n    at ')).split('\n');
  const [, file, line, column] = /\(?file:\/\/(\/[^)]+?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  return file === undefined ? undefined : `${file}:${line}:${column}`;
}
