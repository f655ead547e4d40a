import { describe, expect, test } from 'vitest';
import { commandsFor } from '../../../src/cli/commands-for.ts';
import { commands } from '../../../src/cli/commands.ts';

describe('the commands that a line can mean', () => {
  test.each(commands)('hold the one it names: $name', async (command) => {
    expect(await commandsFor(command.name.split(' '))).toContain(command);
  });

  test('are that one alone where it is started often', async () => {
    expect(await commandsFor(['current', '--json'])).toHaveLength(1);
  });

  test.each([[[]], [['--help']], [['help', 'up']], [['curent']], [['toString']]])('are all for %j', async (words) => {
    expect(await commandsFor(words)).toBe(commands);
  });
});
