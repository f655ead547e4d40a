/** How an engine's own command-line client reads a file of statements: where one ends, and how to write one down. */
export interface ScriptSyntax {
  /** The statement with its end, as the client takes it. Absent: a semicolon ends every statement. */
  readonly terminated?: (sql: string) => string;
  /** A comment up to the end of its line; sticky. */
  readonly lineComment: RegExp;
  /** Statements that may hold a body of statements. */
  readonly compound: CompoundSyntax;
  /** Constants may stand between `$tag$` and `$tag$`. */
  readonly dollarQuotes?: true;
  /** Where a backslash takes the next character along in a constant. Absent: nowhere. */
  readonly backslash?: 'always' | 'after-e';
  /** Names may stand in brackets. */
  readonly brackets?: true;
  /** A comment may hold comments. */
  readonly nestedComments?: true;
  /** A line `delimiter //` says what ends statements from there on. */
  readonly delimiterLines?: true;
  /** Lines that begin with this character are for the client and not for the server. */
  readonly clientLines?: '\\' | '.';
  /** The line by which the client ends at the first error, and not with 0. Absent: it does so by itself. */
  readonly stopsAtError?: string;
}

/** A statement with statements in it, each with a semicolon. */
export interface CompoundSyntax {
  /** Matches its first words. */
  readonly starts: RegExp;
  /** The word that begins the body, which ends with `end`. */
  readonly opens: 'begin' | 'atomic';
  /** `if`, `while`, `loop`… have an `end` of their own in it. */
  readonly flow?: true;
}
