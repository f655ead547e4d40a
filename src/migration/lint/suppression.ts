/** A comment that allows what a rule finds fault with, from its line to the end of the statement that follows. */
export interface Suppression {
  readonly code: string;
  /** Empty: none is given, which is itself an error. */
  readonly reason: string;
  /** Where the comment begins. */
  readonly at: number;
}

/** The suppressions in a text: `-- rowhouse: allow CODE: reason`, in a revision file behind `//`. */
export function suppressionsIn(text: string): readonly Suppression[] {
  return [...text.matchAll(comment)].map((found) => ({
    code: found[1] ?? '',
    reason: (found[2] ?? '').replace(/\*\/\s*$/, '').trim(),
    at: found.index,
  }));
}

const comment = /(?:--|#|\/\/|\/\*)[ \t]*rowhouse:[ \t]*allow[ \t]+([a-z0-9-]+)[ \t]*(?::[ \t]*([^\n]*))?/g;
