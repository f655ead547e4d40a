import type { Fact } from '../../../dialect/structure/fact.ts';
import { objectId } from './fact-ids.ts';
import { notShown, showObject, type ReadObject, type ReadRefusal } from './read-object.ts';

/** The facts about a sequence. Where it stands is part of the rows, not of the structure. */
export async function readSequence(object: ReadObject): Promise<readonly Fact[] | ReadRefusal> {
  const { text } = await showObject(object);
  if (text === undefined) return notShown;
  const found = /^CREATE SEQUENCE `(?:[^`]|``)+` (start with .*?)( ENGINE=\w+)$/.exec(text);
  if (found?.[1] === undefined || found[2] === undefined)
    return { reason: 'its text is not what a sequence prints', text };
  const attributes = { name: object.name, definition: found[1], engine: found[2] };
  return [{ kind: 'sequence', id: objectId('sequence', object.name), attributes, requires: [] }];
}
