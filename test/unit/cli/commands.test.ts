import { describe, expect, test } from 'vitest';
import { allCommands, commandsFor } from '../../../src/cli/commands.ts';

const commands = await allCommands();

describe('the commands that a line can mean', () => {
  test.each(commands)('are the one it names: $name', async (command) => {
    expect((await commandsFor([command.name, '--json'])).map(({ name }) => name)).toEqual([command.name]);
  });

  test.each([[[]], [['--help']], [['help', 'up']], [['curent']], [['toString']]])('are all for %j', async (words) => {
    expect((await commandsFor(words)).map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
  });
});
