import { beforeEach, describe, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { people, shop } from '../integration/repository/shop.ts';
import { empty, type Cases, type Place, type Verb } from './place.ts';
import { readCases } from './read-cases.ts';
import { writeCases } from './write-cases.ts';

/** A new verb does not compile until someone says here what it does. */
const verbs: Readonly<Record<Verb, Cases>> = { ...readCases, ...writeCases };

describeEachServer('every verb', (server) => {
  let database: ServiceDatabase;
  let place: Place;

  beforeEach(async () => {
    database ??= await openSchema(server, shop);
    place = { database, people: database.repository(people) };
    await empty(place);
  });

  for (const [verb, cases] of Object.entries(verbs)) {
    describe(verb, () => {
      for (const [title, run] of Object.entries(cases)) test(title, async () => await run(place));
    });
  }
});
