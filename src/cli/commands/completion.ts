import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { command, type AnyCommand } from '../command.ts';
import { renderCompletion, shells } from '../render/completion.ts';

/** The command that teaches a shell all commands, itself among them. */
export function completion(all: () => Promise<readonly AnyCommand[]>): AnyCommand {
  return command({
    name: 'completion',
    summary: 'print a script that completes commands and options in a shell',
    details: 'The first line of the script says where it goes.',
    arguments: [{ name: 'SHELL', summary: shells.join(', '), required: true }],
    options: {},
    examples: ['eval "$(rowhouse completion bash)"'],
    async run({ arguments: [name = ''], output }) {
      const shell = shells.find((each) => each === name);
      if (shell === undefined)
        throw new RowhouseError('USAGE', `there is no completion for ${name}`, {
          hint: `the shells are ${shells.join(', ')}`,
        });
      output.data(renderCompletion(shell, await all()));
      return ExitCode.ok;
    },
  });
}
