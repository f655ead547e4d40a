import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import type { Repository } from '../../src/index.ts';
import { people, tags } from '../integration/repository/shop.ts';

export type People = Repository<(typeof people)['$row'], (typeof people)['$insert'], (typeof people)['$patch']>;
export type Verb = keyof People;

/** What a case works with: empty tables of its own. */
export interface Place {
  readonly database: ServiceDatabase;
  readonly people: People;
}

/** What a verb does, each under the sentence that says it. */
export type Cases = Readonly<Record<string, (place: Place) => Promise<void>>>;

/** Five people: ages 10 to 50, the last of no age; the fourth is soft-deleted. */
export async function fill({ people: repository }: Place): Promise<void> {
  const names = ['ada', 'bob', 'cyd', 'dan', 'eve'];
  await repository.insertMany(
    names.map((name, place) => ({ email: `${name}@x`, nickname: name, age: place === 4 ? null : (place + 1) * 10 })),
  );
  await repository.deleteWhere({ email: 'dan@x' }, { expected: 1 });
}

export async function empty({ database }: Place): Promise<void> {
  await database.repository(people).deleteWhere('all');
  await database.repository(people).purgeWhere('all');
  await database.repository(tags).deleteWhere('all');
}

export const nobody = '00000000-0000-7000-8000-000000000000';

export function emailsOf(rows: readonly { readonly email: string }[]): readonly string[] {
  return rows.map(({ email }) => email);
}
