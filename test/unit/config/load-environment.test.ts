import { describe, expect, test } from 'vitest';
import { parseEnvFile } from '../../../src/config/env-file.ts';
import { loadEnvironment, type LoadOptions } from '../../../src/config/load-environment.ts';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { engines } from './engines.ts';

describe('a line of a .env file', () => {
  test.each([
    ['A=b', 'b'],
    ['  export A = b  ', 'b'],
    ['A=', ''],
    ['A=# nothing', ''],
    ['A=b # a comment', 'b'],
    ['A=postgres://u:p#w@h/d', 'postgres://u:p#w@h/d'],
    ["A='a b # c' # d", 'a b # c'],
    ["A='no \\n escape'", 'no \\n escape'],
    ['A="a\\n\\"b\\"\\\\"', 'a\n"b"\\'],
    ['A=p$x${HOME}', 'p$x${HOME}'],
    ['A=a=b', 'a=b'],
    ["A=it's", "it's"],
  ])('%s', (line, value) => {
    expect(parseEnvFile(`# first\n\n${line}\r\n`, '.env')).toEqual({ A: value });
  });

  test.each(['A', 'A b=c', '1A=b', "A='b", 'A="b" c'])('%s is refused without being repeated', (line) => {
    expect(() => parseEnvFile(`B=c\n${line}`, '.env')).toThrow('line 2 of .env is not NAME=value');
  });

  test('two values for one name are refused', () => {
    expect(() => parseEnvFile('A=b\nA=c', '.env')).toThrow('A is given twice and differently in .env');
    expect(parseEnvFile('A=b\nA=b', '.env')).toEqual({ A: 'b' });
  });
});

describe('the files of an environment', () => {
  const files = {
    '.env.auth.production': 'A=1',
    '.env.production': 'A=2\nB=2',
    '.env.auth': 'A=3\nB=3\nC=3',
    '.env': 'A=4\nB=4\nC=4\nD=4\nE=4',
  };

  test('complete each other, the most particular first, and the process wins', () => {
    const loaded = load({ files, service: 'auth', environment: 'production', processEnvironment: { E: '0', D: '' } });
    expect(loaded.variables).toEqual({ A: '1', B: '2', C: '3', D: '4', E: '0', ENVIRONMENT: 'production' });
    expect(loaded.files).toEqual({ A: '.env.auth.production', B: '.env.production', C: '.env.auth', D: '.env' });
  });

  test('of a service are not read for others', () => {
    expect(load({ files, environment: 'production' }).variables).toMatchObject({ A: '2', C: '4' });
  });

  test.each([
    [
      'the caller',
      { environment: 'a', processEnvironment: { ENVIRONMENT: 'b' }, files: { '.env': 'ENVIRONMENT=c' } },
      'a',
    ],
    ['the process', { processEnvironment: { ENVIRONMENT: 'b' }, files: { '.env': 'ENVIRONMENT=c' } }, 'b'],
    ['the common file', { files: { '.env': 'ENVIRONMENT=c', '.env.c': 'ENVIRONMENT=d' } }, 'c'],
    ['the default', { files: {} }, 'development'],
  ])('are chosen by %s', (_who, options, environment) => {
    expect(load(options).variables['ENVIRONMENT']).toBe(environment);
  });

  test.each([{ environment: '../prod' }, { service: 'a/b' }])('have plain names: %o', (options) => {
    expect(() => load({ files: {}, ...options })).toThrow('is not a name of letters');
  });

  test('are named when two variables disagree', () => {
    const { variables, files: from } = load({
      files: { '.env': 'DATABASE_URL=sqlite:///dev.db' },
      processEnvironment: { SQL_URL: 'sqlite:///other.db' },
    });
    expect(() => resolveSettings(variables, engines, { files: from })).toThrow(
      'SQL_URL and DATABASE_URL (.env) disagree about the database URL',
    );
  });
});

function load(
  options: Partial<LoadOptions> & { readonly files: Readonly<Record<string, string>> },
): ReturnType<typeof loadEnvironment> {
  const { files, ...rest } = options;
  const readFile = (path: string): string | undefined => files[path.replace('/app/', '')];
  return loadEnvironment({ directory: '/app', processEnvironment: {}, ...rest, readFile });
}
