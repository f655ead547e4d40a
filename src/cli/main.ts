import { ExitCode } from '../errors/codes.ts';
import { commandsFor } from './commands.ts';
import { streamOutput } from './output.ts';
import { inOurWords } from './other-words.ts';
import { run } from './run.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { version } from './version.ts';

/** Runs the command line of a process, and sets the code that it ends with. */
export async function main(process: NodeJS.Process): Promise<void> {
  const output = streamOutput(process.stdout, process.stderr);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that goes away early, as in `rowhouse up | head`, is no failure, and must not end a migration half-way.
    if (error.code === 'EPIPE') return;
    process.exitCode = ExitCode.failed;
    output.say(`error: stdout cannot be written: ${error.message}`);
  });
  process.stderr.on('error', () => undefined); // there is nobody left to tell

  const words = inOurWords(process.argv.slice(2));
  const surroundings = {
    directory: process.cwd(),
    environment: process.env,
    signal: stopOnSignal(process, output),
  };
  const exitCode = await run(words, await commandsFor(words), output, surroundings, version);
  process.exitCode ||= exitCode;
}
