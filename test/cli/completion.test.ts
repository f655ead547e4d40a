import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { makeShop } from './shop-project.ts';
import { runCli } from './run-cli.ts';

const directory = makeShop();

/** What bash offers for the last of these words. */
function offered(script: string, words: readonly string[]): readonly string[] {
  const ask = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _rowhouse
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', ask], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash completes commands and the options of each', async () => {
  const { exitCode, stdout } = await runCli(directory, ['completion', 'bash']);

  expect(exitCode).toBe(0);
  expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0);
  expect(offered(stdout, ['rowhouse', 'he'])).toEqual(['heads', 'health']);
  expect(offered(stdout, ['rowhouse', 'revision', '--a'])).toEqual(['--autogenerate']);
  expect(offered(stdout, ['rowhouse', 'copy', '--'])).toContain('--from');
});

test.each([
  ['zsh', 'compdef _rowhouse rowhouse'],
  ['fish', "complete -c rowhouse -n '__fish_seen_subcommand_from copy' -l from -r -d"],
])('%s gets the same words', async (shell, line) => {
  const { exitCode, stdout } = await runCli(directory, ['completion', shell]);

  expect(exitCode).toBe(0);
  expect(stdout).toContain(line);
  const parsed = spawnSync(shell, ['-n'], { input: stdout });
  if (parsed.error === undefined) expect(parsed.status).toBe(0); // only where the shell is installed
});

test('another shell is refused with those there are', async () => {
  expect(await runCli(directory, ['completion', 'tcsh'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: there is no completion for tcsh (USAGE)\n  hint: the shells are bash, zsh, fish\n',
  });
});
