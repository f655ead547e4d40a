import { describe, expect, test } from 'vitest';
import { codes, statusOf, type ErrorCode } from '../../../src/errors/codes.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { toProblem, type Problem } from '../../../src/http/problem/problem.ts';
import { problemResponse } from '../../../src/http/problem/problem-response.ts';
import { definition } from '../../../src/schema/table/table.ts';
import { books } from '../../integration/http/library.ts';

const allCodes = Object.keys(codes) as readonly ErrorCode[];

function problemOf(error: unknown, method = 'POST'): Problem {
  return toProblem(error, { requestId: 'r1', method, table: books[definition] });
}

describe('a problem', () => {
  test.each(allCodes)('%s shows nothing of the engine', (code) => {
    const error = new RowhouseError(code, 'select secret from vault', {
      cause: new Error('at 10.0.0.1'),
      hint: 'vault',
    });
    const ownWords =
      statusOf(code) < 500 && /REQUEST|ROUTE|METHOD|MEDIA|BODY|PRECONDITION|IDEMPOTENCY|RATE_/.test(code);

    const problem = problemOf(error);

    expect(problem).toMatchObject({ status: statusOf(code), code, instance: 'urn:request:r1' });
    expect(problem.type).toMatch(/^urn:problem-type:rowhouse:[a-z-]+$/);
    expect(JSON.stringify(problem).includes('vault')).toBe(ownWords);
    expect(JSON.stringify(problem)).not.toContain('10.0.0.1');
  });

  test('of an error that is not ours is internal', () => {
    expect(problemOf(new TypeError('x is undefined'))).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(JSON.stringify(problemOf('thrown text'))).not.toContain('thrown');
  });

  test.each([
    ['FOREIGN_KEY_VIOLATION', { constraint: 'book_author_id_fkey' }, ['#/authorId']],
    ['CHECK_VIOLATION', { constraint: 'book_price_positive' }, ['#/price']],
    ['UNIQUE_VIOLATION', { table: 'book', columns: ['title', 'author_id'] }, ['#/title', '#/authorId']],
    ['NOT_NULL_VIOLATION', { column: 'author_id' }, ['#/authorId']],
    ['VALUE_INVALID', { field: 'price' }, ['#/price']],
    ['UNIQUE_VIOLATION', { table: 'audit', columns: ['title'] }, undefined],
    ['CHECK_VIOLATION', { constraint: 'of_another_table' }, undefined],
  ] as const)('%s of %o points at the properties', (code, details, pointers) => {
    const { errors } = problemOf(new RowhouseError(code, 'refused', { details }));

    expect(errors?.map((fault) => ('pointer' in fault ? fault.pointer : undefined))).toEqual(pointers);
  });

  test('of a server that is away says when to come back', () => {
    const error = new RowhouseError('SERIALIZATION_FAILURE', 'collided');

    const { status, headers } = problemResponse(problemOf(error), error);

    expect(status).toBe(503);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(headers['content-type']).toBe('application/problem+json');
  });
});
