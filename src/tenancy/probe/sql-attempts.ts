import { compileSql } from '../../sql/compile-sql.ts';
import { id, join, sql, type SqlFragment } from '../../sql/sql.ts';
import { encodeValue } from '../../repository/write/encode-value.ts';
import type { Attempt, AttemptContext, Row } from './attempt.ts';

const always = (): boolean => true;

/** SQL written by hand, which no predicate is compiled into. */
export const sqlAttempts: readonly Attempt[] = [
  {
    name: 'select by hand',
    isFor: always,
    run: async (context) => {
      const { rows } = await runSql(context, sql`select 1 from ${nameOf(context)} where ${isVictim(context)}`);
      return rows.length;
    },
  },
  {
    name: 'update by hand',
    isFor: always,
    run: async (context) => {
      const tenant = id(columnOf(context, context.plan.tenant?.key ?? ''));
      const statement = sql`update ${nameOf(context)} set ${tenant} = ${tenant} where ${isVictim(context)}`;
      return (await runSql(context, statement)).changes;
    },
  },
  {
    name: 'delete by hand',
    isFor: always,
    run: async (context) => {
      return (await runSql(context, sql`delete from ${nameOf(context)} where ${isVictim(context)}`)).changes;
    },
  },
  {
    name: 'insert by hand',
    isFor: always,
    run: async (context) => {
      const tenant = context.plan.tenant?.key ?? '';
      const row: Row = { ...context.fresh('other'), [tenant]: context.victim[tenant] };
      const keys = Object.keys(row);
      const columns = join(keys.map((key) => sql`${id(columnOf(context, key))}`));
      const values = join(keys.map((key) => sql`${wire(context, key, row[key])}`));
      return (await runSql(context, sql`insert into ${nameOf(context)} (${columns}) values (${values})`)).changes;
    },
  },
];

async function runSql({ session, plan }: AttemptContext, fragment: SqlFragment): ReturnType<typeof session.run> {
  const { sql: text, values } = compileSql(fragment, plan.dialect.text);
  return await session.run({ sql: text }, values);
}

function isVictim(context: AttemptContext): SqlFragment {
  const { where } = context;
  const tests = Object.entries(where).map(([key, value]) => {
    return sql`${id(columnOf(context, key))} = ${wire(context, key, value)}`;
  });
  return join(tests, ' and ');
}

/** A value as it goes over the line; the one that a statement of ours would send. */
function wire({ plan }: AttemptContext, key: string, value: unknown): unknown {
  const field = plan.fieldOf.get(key);
  return field === undefined ? value : encodeValue(field, value, plan);
}

function nameOf({ plan }: AttemptContext): ReturnType<typeof id> {
  const { namespace, name } = plan.definition;
  return namespace === undefined ? id(name) : id(namespace, name);
}

function columnOf({ plan }: AttemptContext, key: string): string {
  return plan.definition.columns.find((column) => column.key === key)?.columnName ?? key;
}
