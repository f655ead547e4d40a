import type { Fact } from '../../../dialect/structure/fact.ts';
import { mysqlText } from '../text.ts';
import { objectId } from './fact-ids.ts';
import { notShown, showObject, splitDefiner, type ReadObject, type ReadRefusal } from './read-object.ts';
import { afterQuoted, unquoteName } from './scan.ts';

/** The facts about a view: its text, and whose rights it runs with. */
export async function readView(object: ReadObject): Promise<readonly Fact[] | ReadRefusal> {
  const { name, user, objects } = object;
  const { text: shown } = await showObject(object);
  if (shown === undefined) return notShown;
  const { definer, text } = splitDefiner(shown, user);
  const head = /^CREATE ALGORITHM=(\w+) SQL SECURITY (\w+) VIEW (?:`(?:[^`]|``)+`\.)?`(?:[^`]|``)+` ?/.exec(text);
  if (head?.[1] === undefined || head[2] === undefined)
    return { reason: 'its text does not begin as a view does', text };
  const body = withoutDatabase(text.slice(head[0].length), object);
  const used = usedNames(body);
  const requires = objects
    .filter((other) => other.kind !== 'trigger' && other.kind !== 'event' && other.kind !== 'procedure')
    .filter((other) => other.name !== name && (other.kind === 'function' ? used.called : used.read).has(other.name))
    .map((other) => objectId(other.kind, other.name));
  const attributes = { name, algorithm: head[1], definer, security: head[2], body };
  return [{ kind: 'view', id: objectId('view', name), attributes, requires }];
}

/**
 * A view over two databases names its own, too. It is left where something in the database has the same name: then
 * the name in front of a column may mean that.
 */
function withoutDatabase(body: string, { database, relations }: ReadObject): string {
  const prefix = `${mysqlText.name(database)}.`;
  if (relations.has(database) || !body.includes(prefix)) return body;
  let text = '';
  for (let at = 0; at < body.length;) {
    const end = Math.max(afterQuoted(body, at), at + 1);
    if (body[at] === '`' && body.startsWith(prefix, at) && body[at - 1] !== '.') at = end + 1;
    else {
      text += body.slice(at, end);
      at = end;
    }
  }
  return text;
}

interface UsedNames {
  readonly read: ReadonlySet<string>;
  readonly called: ReadonlySet<string>;
}

/** Names where a table can stand, and names that are called: columns always have their table in front, or are aliases. */
function usedNames(body: string): UsedNames {
  const read = new Set<string>();
  const called = new Set<string>();
  for (let at = 0; at < body.length;) {
    const end = Math.max(afterQuoted(body, at), at + 1);
    if (body[at] === '`' && body[at - 1] !== '.' && body[end] !== '.') {
      const name = unquoteName(body.slice(at, end));
      if (body[end] === '(') called.add(name);
      else if (/(?:\b(?:from|join)|[(,])\s*$/i.test(body.slice(Math.max(0, at - 20), at))) read.add(name);
    }
    at = end;
  }
  return { read, called };
}
