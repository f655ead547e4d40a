import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { SqlFragment } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { sayFigures } from '../../servers/say-figures.ts';
import { expectedCondition, expectedOrder } from './expected-sql.ts';
import { randomOf, type Random } from './random.ts';
import { randomWish, toWhere, type Wish } from './random-filter.ts';
import { columns, randomRows, samples, schema } from './samples.ts';

const filters = 5_000;
const rows = 60;
const atOnce = 8;
const seed = 20_261_121;

interface Question {
  readonly wish: Wish;
  readonly order: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

describeEachServer('random filters and orders', (server) => {
  let database: ServiceDatabase;

  beforeAll(async () => {
    database = await openSchema(server, schema, (settings) => ({
      ...settings,
      pool: { ...settings.pool, size: atOnce },
    }));
    await database.repository(samples).insertMany(randomRows(rows, randomOf(seed)) as never);
    return async () => await database.close();
  });

  test(`give the rows of SQL that was written apart, ${filters} times`, { timeout: 300_000 }, async (context) => {
    const random = randomOf(seed + 1);
    const questions = Array.from({ length: filters }, () => randomQuestion(random));
    let nonempty = 0;
    const ask = async (): Promise<void> => {
      for (let question = questions.pop(); question !== undefined; question = questions.pop()) {
        const [found, expected] = await Promise.all([
          answer(database, question),
          expectedAnswer(database, question, server.variant),
        ]);
        expect(found, JSON.stringify(toWhere(question.wish), bigintText)).toEqual(expected);
        if (expected.length > 0) nonempty += 1;
      }
    };

    await Promise.all(Array.from({ length: atOnce / 2 }, ask));

    sayFigures(context, `${filters} alike, ${nonempty} of them with rows`);
    expect(nonempty).toBeGreaterThan(filters / 3);
  });
});

function randomQuestion(random: Random): Question {
  const sorted = columns.filter(({ kind }) => kind !== 'word' && kind !== 'uuid');
  const order = Array.from({ length: random(3) }, () => {
    const { name } = sorted[random(sorted.length)]!;
    return random(2) === 0 ? name : `-${name}`;
  });
  return { wish: randomWish(random, 3), order, limit: 1 + random(rows), offset: random(4) };
}

async function answer(database: ServiceDatabase, { wish, order, limit, offset }: Question): Promise<readonly number[]> {
  const options = { where: toWhere(wish), order: [...order, 'id'] as 'id'[], limit, offset };
  return (await database.repository(samples).list(options)).map(({ id }) => id);
}

async function expectedAnswer(
  database: ServiceDatabase,
  { wish, order, limit, offset }: Question,
  engine: string,
): Promise<readonly number[]> {
  const text = `select id from sample where ${expectedCondition(wish, engine)} = 1 order by ${expectedOrder(order, engine)} limit ${limit} offset ${offset}`;
  return (await database.query<{ id: number | string }>(new SqlFragment([text], []))).map(({ id }) => Number(id));
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
