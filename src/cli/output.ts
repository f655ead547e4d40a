import { layOut } from './render/lay-out.ts';

/** Where a command prints: data to stdout, words to stderr. On a terminal sentences are laid out, in a pipe they are lines. */
export interface Output {
  /** A line of data, as it is. */
  data(line: string): void;
  /** A sentence among the data. */
  tell(sentence: string): void;
  /** A sentence for the person who watches. */
  say(sentence: string): void;
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
  const print = (stream: Stream, text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  return {
    interactive,
    width: Math.min(columnsOf(stderr), 120),
    data: (line) => print(stdout, line),
    tell: (sentence) => print(stdout, laidOut(sentence, stdout)),
    say: (sentence) => print(stderr, laidOut(sentence, stderr)),
    status: (line) => {
      if (!interactive) return;
      clear();
      stderr.write(line);
      statusShown = true;
    },
  };
}

function laidOut(sentence: string, stream: Stream): string {
  return stream.isTTY === true ? layOut(sentence, Math.min(columnsOf(stream), 80)) : sentence;
}

/** 80 also where a terminal does not know: it says 0 then. */
function columnsOf({ columns = 0 }: Stream): number {
  return columns > 0 ? columns : 80;
}
