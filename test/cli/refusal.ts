import { expect } from 'vitest';
import { runCli } from './run-cli.ts';

/** What a command that refuses its input says of it. */
export interface Refusal {
  readonly exitCode: number | null;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly stderr: string;
}

/**
 * Runs a command that must refuse its input and proves what every refusal promises: JSON on stdout that can be read,
 * one line and a hint on stderr, no stack, and none of the passwords that it was given.
 */
export async function refusal(
  directory: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  bin?: string,
): Promise<Refusal> {
  const { exitCode, stdout, stderr } = await runCli(directory, [...words, '--json'], environment, bin);
  const answer = JSON.parse(stdout) as { readonly ok: boolean; readonly error: Omit<Refusal, 'exitCode' | 'stderr'> };
  const { code, message, hint } = answer.error;
  expect(answer.ok).toBe(false);
  expect(stderr).toContain(`error: ${message} (${code})\n`);
  if (hint !== undefined) expect(unwrapped(stderr)).toContain(`hint: ${hint}`);
  expect(stderr).not.toMatch(/^\s+at /m);
  for (const password of passwordsIn([...Object.values(environment), ...words]))
    expect(stdout + stderr).not.toContain(password);
  return { exitCode, ...answer.error, stderr };
}

function unwrapped(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function passwordsIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    const [, password] = /^[\w+]+:\/\/[^:/]*:([^@]+)@/.exec(text) ?? [];
    return password === undefined ? [] : [password, decodeURIComponent(password)];
  });
}
