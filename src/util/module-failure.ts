/** Why a module could not be loaded, with the file and line of a syntax error, which Node tells in the stack alone. */
export function moduleFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node adds which of our own files asked for it; that helps nobody who looks for theirs.
  const message = error.message.replace(/ imported from \S*\/(?:dist|src)\/\S*$/, '');
  if (error instanceof SyntaxError) return withPlace(syntaxPlace(error), message.replace(/\. Expected .*$/, ''));
  return withPlace(thrownAt(error), message);
}

/** What helps where the package does not say that its files are modules; undefined where something else is wrong. */
export function moduleHint(error: unknown): string | undefined {
  const isCommonJs = error instanceof SyntaxError && /outside a module|Unexpected token 'export'/.test(error.message);
  return isCommonJs
    ? 'the package of these files is CommonJS: `npm pkg set type=module` makes them modules'
    : undefined;
}

function withPlace(place: string | undefined, message: string): string {
  return place === undefined ? message : `${place}: ${message}`;
}

/** The stack of a syntax error begins with the place, then the text there with a line of carets below it. */
function syntaxPlace({ stack = '' }: Error): string | undefined {
  const [first = '', ...shown] = stack.split('\n');
  const [, file, line] = /^(?:file:\/\/)?(\/.+|[A-Za-z]:.+):(\d+)$/.exec(first) ?? [];
  if (file === undefined) return undefined;
  const carets = shown.find((each) => /^ *\^+ *$/.test(each));
  return carets === undefined ? `${file}:${line}` : `${file}:${line}:${carets.indexOf('^') + 1}`;
}

/** An error that the module itself threw while it ran: its top frame. */
function thrownAt({ stack = '' }: Error): string | undefined {
  const [, frame = ''] = stack.slice(stack.indexOf('\n    at ')).split('\n');
  const [, file, line, column] = /\(?file:\/\/(\/[^)]+?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  return file === undefined ? undefined : `${file}:${line}:${column}`;
}
