import type { Fact } from '../../../dialect/structure/fact.ts';
import { objectId } from './fact-ids.ts';
import { notShown, showObject, splitDefiner, type ReadObject, type ReadRefusal } from './read-object.ts';

/** The facts about a routine, a trigger or an event: its text, whose rights it runs with, and the modes it was made in. */
export async function readProgram(object: ReadObject): Promise<readonly Fact[] | ReadRefusal> {
  const { kind, name, table, follows = '', user } = object;
  const shown = await showObject(object);
  if (shown.text === undefined) return notShown;
  const { definer, text } = splitDefiner(shown.text, user);
  const attributes = {
    name,
    definer,
    text: text.replace(/^CREATE /i, ''),
    sqlMode: shown.cell('sql_mode'),
    ...(kind === 'event' ? { timeZone: shown.cell('time_zone') } : {}),
    ...(kind === 'trigger' ? { follows } : {}),
  };
  return [
    {
      kind,
      id: objectId(kind, name),
      ...(table === undefined ? {} : { parent: objectId('table', table) }),
      attributes,
      requires: kind === 'trigger' && follows !== '' ? [objectId('trigger', follows)] : [],
    },
  ];
}
