import { expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { resource, type Resource } from '../../../src/http/resource/resource.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema, type ServedSchema } from './serve-schema.ts';

const teams = table('team', { id: integer().primaryKey(), name: text({ max: 40 }) });
const people = table('person', {
  id: integer().primaryKey(),
  teamId: integer()
    .null()
    .index()
    .references(() => teams.id),
  cents: integer(),
  doubled: integer().generatedAs(sql`cents * 2`),
});
const notes = table('note', {
  id: integer().primaryKey(),
  personId: integer()
    .index()
    .references(() => people.id),
  body: text({ max: 40 }),
});
const log = table('log', { id: integer().identity().primaryKey(), line: text({ max: 40 }) });
const schema = { teams, people, notes, log };
const office = relations({ teams, people, notes }, (r) => ({
  teams: { people: r.many.people() },
  people: { team: r.one.teams(), notes: r.many.notes() },
  notes: { person: r.one.people() },
}));

const personService = tableService(office.people, {
  beforeRead: async ({ verb }, { repositoryOf }) => void (await repositoryOf(log).insert({ line: `people ${verb}` })),
  afterRead: (person) => ({ ...person, cents: 0 }),
});
const noteService = tableService(office.notes, {
  beforeRead: async ({ verb }, { repositoryOf }) => void (await repositoryOf(log).insert({ line: `notes ${verb}` })),
  async afterRead(note, { repositoryOf }) {
    if (note.body === 'secret') throw new RowhouseError('TENANT_MISMATCH', 'not for you');
    const { cents } = await repositoryOf(office.people).get(note.personId);
    return { ...note, body: `${note.body} of ${cents}` };
  },
});

const teamResource: Resource = resource(office.teams, { prefix: '/teams', include: { people: () => personResource } });
const personResource: Resource = resource(office.people, {
  prefix: '/people',
  service: personService,
  include: { team: teamResource, notes: () => noteResource },
});
const noteResource: Resource = resource(office.notes, {
  prefix: '/notes',
  service: noteService,
  include: { person: () => personResource },
});

describeEachServer('the read hooks of a table', (server) => {
  const serve = async (): Promise<ServedSchema> => {
    const api = await serveSchema(server, schema, [teamResource, personResource, noteResource], {
      key: 'included hooks',
    });
    const { database } = api;
    await createRepository(teams, database).insertMany([1, 2].map((id) => ({ id, name: `Team ${id}` })));
    await createRepository(people, database).insertMany(
      [1, 2, 3].map((id) => ({ id, teamId: id === 3 ? null : 1, cents: id * 100 })),
    );
    await createRepository(notes, database).insertMany([1, 2].map((id) => ({ id, personId: id, body: `note ${id}` })));
    return api;
  };
  const linesOf = async ({ database }: ServedSchema): Promise<readonly string[]> =>
    (await createRepository(log, database).list({ order: ['id'] })).map(({ line }) => line);

  test('run for rows that come along, the deepest first and in the transaction of the read', async () => {
    await using api = await serve();

    const { body } = await api.send('GET', '/teams?include=people.notes&order=id');

    expect(body.items).toEqual([
      {
        id: 1,
        name: 'Team 1',
        people: [
          { id: 1, teamId: 1, cents: 0, doubled: 200, notes: [{ id: 1, personId: 1, body: 'note 1 of 100' }] },
          { id: 2, teamId: 1, cents: 0, doubled: 400, notes: [{ id: 2, personId: 2, body: 'note 2 of 200' }] },
        ],
      },
      { id: 2, name: 'Team 2', people: [] },
    ]);
    expect(await linesOf(api)).toEqual(['people include', 'notes include']);
  });

  test('run for the one row of a relation, and not where there is none', async () => {
    await using api = await serve();

    const note = await api.send('GET', '/notes/1?include=person.team');
    const alone = await api.send('GET', '/people/3?include=team');

    expect(note.body).toMatchObject({ body: 'note 1 of 100', person: { cents: 0, doubled: 200, team: { id: 1 } } });
    expect(alone.body).toMatchObject({ id: 3, cents: 0, team: null });
    expect(await linesOf(api)).toEqual(['notes get', 'people include', 'people get']);
  });

  test('refuse the read with all that they wrote, wherever the row stands', async () => {
    await using api = await serve();
    await createRepository(notes, api.database).insert({ id: 3, personId: 2, body: 'secret' });

    const refused = await api.send('GET', '/teams?include=people.notes');
    const plain = await api.send('GET', '/teams?include=people');

    expect(refused).toMatchObject({ status: 403, body: { code: 'TENANT_MISMATCH' } });
    expect(JSON.stringify(refused.body)).not.toContain('secret');
    expect(plain.status).toBe(200);
    expect(await linesOf(api)).toEqual(['people include']);
  });
});
