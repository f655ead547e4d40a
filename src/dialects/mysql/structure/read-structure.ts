import type { ReadStructureOptions } from '../../../dialect/structure-planner.ts';
import type { Fact, OpaqueObject, Structure } from '../../../dialect/structure/fact.ts';
import { withoutParked } from '../../../dialect/structure/without-parked.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/rows.ts';
import { objectId } from './fact-ids.ts';
import { isRefusal, showObject, type ReadObject, type ReadRefusal } from './read-object.ts';
import { readProgram } from './read-program.ts';
import { readSequence } from './read-sequence.ts';
import { readTable } from './read-table.ts';
import { readView } from './read-view.ts';

/** kind, name, table of a trigger; triggers in the order in which they run. */
const objectsQuery = `
select * from (
  select case table_type when 'BASE TABLE' then 'table' when 'SYSTEM VERSIONED' then 'table' else lower(table_type) end kind,
    table_name as name, null as of_table, 0 as timing, 0 as place
  from information_schema.tables where table_schema = database()
  union all
  select lower(routine_type), routine_name, null, 0, 0
  from information_schema.routines where routine_schema = database()
  union all
  select 'trigger', trigger_name, event_object_table, concat(action_timing, event_manipulation), action_order
  from information_schema.triggers where trigger_schema = database()
  union all
  select 'event', event_name, null, 0, 0 from information_schema.events where event_schema = database()
) objects order by kind, of_table, timing, place, name`;

/** Reads the current database from the texts that `show create` gives. */
export async function readStructure(connection: Connection, options: ReadStructureOptions = {}): Promise<Structure> {
  const excluded = new Set(options.exclude);
  const [[user = '', database = '', version = ''] = []] = await readRows(
    connection,
    'select current_user(), database(), version()',
  );
  const objects = (await readRows(connection, objectsQuery))
    .map(([kind = '', name = '', table, timing = '']) => ({ kind, name, table, timing }))
    .filter(({ name, table }) => !excluded.has(name) && !excluded.has(table ?? ''));
  const relations = new Set(objects.filter(isRelation).map(({ name }) => name));
  const facts = new Map<string, Fact>();
  const opaque: OpaqueObject[] = [];
  for (const [place, object] of objects.entries()) {
    const before = objects[place - 1];
    const follows = before?.table === object.table && before?.timing === object.timing ? before?.name : undefined;
    const found = await readOne({ connection, user, database, objects, relations, follows, ...object });
    if (isRefusal(found)) opaque.push({ id: objectId(object.kind, object.name), reason: found.reason });
    for (const fact of isRefusal(found) ? [opaqueFact(object, found)] : found) facts.set(fact.id, fact);
  }
  return withoutParked({
    server: `${/mariadb/i.test(version) ? 'mariadb' : 'mysql'} ${version.split('-')[0] ?? ''}`,
    facts,
    opaque,
  });
}

async function readOne(object: ReadObject): Promise<readonly Fact[] | ReadRefusal> {
  switch (object.kind) {
    case 'table':
      return await readTable(object);
    case 'view':
      return await readView(object);
    case 'sequence':
      return await readSequence(object);
    case 'procedure':
    case 'function':
    case 'trigger':
    case 'event':
      return await readProgram(object);
    default:
      return { reason: `a ${object.kind} cannot be compared`, text: (await showObject(object)).text ?? '' };
  }
}

/** Of what is not understood the text is kept: equal texts need no plan. */
function opaqueFact({ kind, name }: OpaqueName, { reason, text }: ReadRefusal): Fact {
  return { kind: 'opaque', id: objectId(kind, name), attributes: { kind, name, reason, text }, requires: [] };
}

interface OpaqueName {
  readonly kind: string;
  readonly name: string;
}

function isRelation({ kind }: { readonly kind: string }): boolean {
  return kind === 'table' || kind === 'view' || kind === 'sequence';
}
