import { createInterface } from 'node:readline/promises';
import { newNameOf } from '../catalog/diff/rename.ts';
import type { PossibleRename } from '../catalog/diff/possible-renames.ts';
import { interruption } from '../database/interruption.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { AskRename } from '../migration/revision/prepare-revision.ts';
import type { CommandContext } from './command-context.ts';

/** Somebody at the terminal who says what became of things, until it is disposed. */
export interface RenameQuestions extends Disposable {
  /** Absent where nobody is there to ask. */
  readonly ask?: AskRename;
}

/** Opens the terminal for questions, where stdin and stderr are one. */
export function askRename(
  { output, surroundings }: CommandContext<unknown>,
  answering: { readonly drops: boolean },
): RenameQuestions {
  if (!output.interactive || !process.stdin.isTTY) return { [Symbol.dispose]: () => undefined };
  const terminal = createInterface({ input: process.stdin, output: process.stderr, signal: surroundings.signal });
  // The terminal hands Ctrl-C to who reads it, as a key like any other.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  // One reader for all questions: what is typed ahead of a question answers it.
  const lines = terminal[Symbol.asyncIterator]();
  return {
    async ask(question) {
      const choices = answers(question, answering.drops);
      output.say(`${question.what} ${question.gone} is gone. What became of it?`);
      for (const [position, choice] of choices.entries()) output.say(`  ${position + 1}  ${choice.words}`);
      for (;;) {
        terminal.setPrompt(`1 to ${choices.length}: `);
        terminal.prompt();
        const said = await lines.next();
        if (surroundings.signal.aborted) throw interruption(surroundings.signal.reason);
        if (said.done === true) throw unanswered(question);
        const chosen = choices[Number(said.value.trim()) - 1];
        if (chosen !== undefined) return chosen.answer;
      }
    },
    [Symbol.dispose]: () => terminal.close(),
  };
}

interface Choice {
  readonly words: string;
  readonly answer: PossibleRename['renames'][number] | 'drop';
}

function answers({ what, renames }: PossibleRename, drops: boolean): readonly Choice[] {
  const isParked = !drops && (what === 'table' || what === 'column');
  const goes = isParked ? 'it is moved aside' : 'it is dropped';
  return [
    ...renames.map((rename) => ({
      words: `it was ${rename.kind === 'move-object' ? 'moved' : 'renamed'} to ${newNameOf(rename)}`,
      answer: rename,
    })),
    { words: `${goes} with what is in it, and the new ${what} is another one`, answer: 'drop' },
  ];
}

function unanswered({ what, gone }: PossibleRename): RowhouseError {
  return new RowhouseError('RENAME_UNCLEAR', `nobody said what became of ${what} ${gone}`, {
    details: { gone },
    hint: 'no revision was written; say it in the schema with renamedFrom, or in a file for --hints',
  });
}
