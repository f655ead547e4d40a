#!/usr/bin/env node
import { commands } from './commands.ts';
import { streamOutput } from './output.ts';
import { run } from './run.ts';
import { version } from './version.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
// A reader that goes away early, as in `rowhouse history | head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(
  process.argv.slice(2),
  commands,
  streamOutput(process.stdout, process.stderr),
  {
    directory: process.cwd(),
    environment: process.env,
    signal: stop.signal,
  },
  version,
);
