import type { Line } from './line.ts';

/** What `show create` says of everything in the database, the order of columns aside. */
export async function dumpMysql(line: Line): Promise<string> {
  const text: string[] = [];
  const show = async (what: string, name: string): Promise<void> => {
    const [row] = await line.query(`show create ${what} \`${name.replaceAll('`', '``')}\``);
    text.push(
      normalized(
        Object.entries(row ?? {})
          .filter(([key]) => /create|statement|mode|event|time zone/i.test(key))
          .map(([, value]) => String(value))
          .join('\n'),
      ),
    );
  };
  for (const { name, kind } of await line.query(tables))
    await show(kind === 'VIEW' ? 'view' : kind === 'SEQUENCE' ? 'sequence' : 'table', String(name));
  for (const { name, kind } of await line.query(routines)) await show(String(kind), String(name));
  for (const { name } of await line.query(triggers)) await show('trigger', String(name));
  for (const { name } of await line.query(events)) await show('event', String(name));
  const [charset] = await line.query('select @@character_set_database as a, @@collation_database as b');
  return [...text, Object.values(charset ?? {}).join(' ')].join('\n');
}

const tables = `select table_name as name, table_type as kind from information_schema.tables where table_schema = database() order by 1`;
const routines = `select routine_name as name, routine_type as kind from information_schema.routines where routine_schema = database() order by 2, 1`;
const triggers = `select trigger_name as name from information_schema.triggers where trigger_schema = database() order by 1`;
const events = `select event_name as name from information_schema.events where event_schema = database() order by 1`;

/** Counters of identity columns and the moment of making are no part of a definition. */
function normalized(create: string): string {
  const text = create
    .replaceAll(/ AUTO_INCREMENT=\d+/g, '')
    .replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+$/gm, '')
    .replaceAll(/STARTS '[^']*'/g, 'STARTS …')
    .replaceAll(/`(?:work|current|desired|current_filled|desired_filled)`\./g, '');
  if (!/^CREATE (?:TEMPORARY )?TABLE/m.test(text)) return text;
  const [head = '', ...rest] = text.split('\n');
  return [head, ...rest.map((one) => one.replace(/,$/, '')).toSorted()].join('\n');
}
