import { expect, test } from 'vitest';
import { resource } from '../../../src/http/resource/resource.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { text } from '../../../src/schema/column/types.ts';
import { authors, authorService, books } from '../../integration/http/library.ts';

type Input = Parameters<ReturnType<typeof authorService.on>['create']>[0];
type Change = Parameters<ReturnType<typeof authorService.on>['update']>[1];

test('a service takes what it says, and what its hooks make nobody gives', () => {
  const input: Input = { name: 'Ada', email: 'ada@example.org', password: 'secret' };
  const change: Change = { password: 'other' };
  // @ts-expect-error the password is required
  const incomplete: Input = { name: 'Ada', email: 'ada@example.org' };
  // @ts-expect-error the hash is made by the hook
  const made: Change = { passwordHash: 'x' };

  expect([input, change, incomplete, made]).toHaveLength(4);
});

test('a hook gives what the table takes', () => {
  tableService(authors, {
    takes: { password: text() },
    makes: ['passwordHash'],
    // @ts-expect-error the password is no column and its hash is missing
    beforeCreate: (input) => input,
  });
  tableService(authors, { takes: { password: text() }, beforeUpdate: (change) => ({ name: change.name ?? '' }) });

  expect(authorService.makes).toEqual(['passwordHash']);
});

test('the options of a resource name properties of its table', () => {
  // @ts-expect-error there is no property isbn
  expect(() => resource(books, { prefix: '/books', search: ['isbn'] })).toThrow('isbn');
  // @ts-expect-error there is no property isbn
  expect(() => resource(books, { prefix: '/books', order: { default: '-isbn' } })).toThrow('isbn');
  // @ts-expect-error the service is that of another table
  expect(() => resource(books, { prefix: '/books', service: authorService })).toThrow('another table');
});
