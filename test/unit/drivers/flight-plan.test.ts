import { expect, test } from 'vitest';
import { flightFrom, type Step } from '../../../src/drivers/mysql2/flight-plan.ts';

const step = (sql: string, name?: string): Step => [{ sql, ...(name === undefined ? {} : { name }) }, []];
const begin = step('start transaction');
const commit = step('commit');
const write = step('insert into t values (1)', 'write');
const read = step('select id from t', 'read');
const unkept = step('select 1');

const textOf = (steps: readonly Step[]): readonly string[] => steps.map(([{ sql }]) => sql.split(' ')[0] ?? '');

test('reads go with what is before them', () => {
  expect(textOf(flightFrom([begin, read, read, write], 0))).toEqual(['start', 'select', 'select']);
  expect(textOf(flightFrom([write, read, commit], 0))).toEqual(['insert', 'select']);
});

test('a write waits for what is before it: behind a failure it would stay', () => {
  expect(textOf(flightFrom([begin, write, read], 0))).toEqual(['start']);
  expect(textOf(flightFrom([begin, write, read], 1))).toEqual(['insert', 'select']);
  expect(textOf(flightFrom([write, write], 0))).toEqual(['insert']);
  expect(textOf(flightFrom([read, write], 0))).toEqual(['select']);
});

test('the end of a transaction waits for all of it', () => {
  expect(textOf(flightFrom([write, commit], 0))).toEqual(['insert']);
  expect(textOf(flightFrom([commit, read], 0))).toEqual(['commit']);
});

test('what the server does not keep goes alone', () => {
  expect(textOf(flightFrom([begin, unkept], 0))).toEqual(['start']);
  expect(textOf(flightFrom([unkept, read], 0))).toEqual(['select']);
});
