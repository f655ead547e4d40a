/** Where a command prints: data to stdout, words to stderr. */
export interface Output {
  /** A line of data. */
  data(line: string): void;
  /** A line for the person who watches. */
  say(line: string): void;
  /** Rewrites the current line on a terminal; nothing elsewhere. */
  status(line: string): void;
  /** stderr is a terminal: progress bars and colour are welcome. */
  readonly interactive: boolean;
  /** Columns of the terminal; 80 elsewhere. */
  readonly width: number;
}

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Output to a process's streams. */
export function streamOutput(stdout: Stream, stderr: Stream): Output {
  const interactive = stderr.isTTY === true;
  let statusShown = false;
  const clear = (): void => {
    if (statusShown) stderr.write('\r\u001B[2K');
    statusShown = false;
  };
  return {
    interactive,
    width: Math.min(stderr.columns ?? 80, 120),
    data: (line) => {
      clear();
      stdout.write(`${line}\n`);
    },
    say: (line) => {
      clear();
      stderr.write(`${line}\n`);
    },
    status: (line) => {
      if (!interactive) return;
      clear();
      stderr.write(line);
      statusShown = true;
    },
  };
}
