import { displayName, type ObjectName } from '../model/object-name.ts';
import { newNameOf, type Rename } from './rename.ts';

/** A rename as a person writes it: `{ "column": "auth_user.nickname", "to": "alias" }`. */
export type RenameHint = { readonly to: string } & { readonly [K in RenamedThing]?: string };

const renamedThings = ['table', 'column', 'index', 'constraint', 'enum', 'enumValue', 'sequence', 'view'] as const;
type RenamedThing = (typeof renamedThings)[number];

/** The rename in the words of a hints file. */
export function renameHint(rename: Rename): RenameHint {
  const to = newNameOf(rename);
  switch (rename.kind) {
    case 'rename-table':
      return { table: displayName(rename.table), to };
    case 'rename-column':
      return { column: `${displayName(rename.table)}.${rename.column}`, to };
    case 'rename-index':
      return { index: `${displayName(rename.table)}.${rename.name}`, to };
    case 'rename-constraint':
      return { constraint: `${displayName(rename.table)}.${rename.name}`, to };
    case 'rename-enum':
      return { enum: displayName(rename.enum), to };
    case 'rename-enum-value':
      return { enumValue: `${displayName(rename.enum)}.${rename.value}`, to };
    case 'rename-sequence':
      return { sequence: displayName(rename.sequence), to };
    case 'rename-view':
      return { view: displayName(rename.view), to };
    case 'move-object':
      return { [rename.of]: displayName(rename.object), to };
  }
}

/** The rename that a hint means; undefined when it says none, or more than one. */
export function fromHint({ to, ...said }: RenameHint): Rename | undefined {
  const [[thing, path] = [], ...others] = Object.entries(said);
  if (path === undefined || others.length > 0 || !isRenamedThing(thing)) return undefined;
  return renameOf(thing, path, to);
}

function renameOf(thing: RenamedThing, path: string, to: string): Rename {
  const [owner, member] = splitPath(path);
  if (isMoved(thing) && to.includes('.')) {
    return { kind: 'move-object', of: thing, object: parseName(path), to: parseName(to) };
  }
  switch (thing) {
    case 'table':
      return { kind: 'rename-table', table: parseName(path), to };
    case 'column':
      return { kind: 'rename-column', table: owner, column: member, to };
    case 'index':
      return { kind: 'rename-index', table: owner, name: member, to };
    case 'constraint':
      return { kind: 'rename-constraint', table: owner, name: member, to };
    case 'enum':
      return { kind: 'rename-enum', enum: parseName(path), to };
    case 'enumValue':
      return { kind: 'rename-enum-value', enum: owner, value: member, to };
    case 'sequence':
      return { kind: 'rename-sequence', sequence: parseName(path), to };
    case 'view':
      return { kind: 'rename-view', view: parseName(path), to };
  }
}

/** What can stand in another namespace by itself. */
function isMoved(thing: RenamedThing): thing is 'table' | 'enum' | 'sequence' | 'view' {
  return thing === 'table' || thing === 'enum' || thing === 'sequence' || thing === 'view';
}

function isRenamedThing(word: string | undefined): word is RenamedThing {
  return renamedThings.some((thing) => thing === word);
}

/** `billing.invoice.number` is the member `number` of `billing.invoice`. */
function splitPath(path: string): readonly [ObjectName, string] {
  const dot = path.lastIndexOf('.');
  return [parseName(path.slice(0, Math.max(dot, 0))), path.slice(dot + 1)];
}

/** `.invoice` is in the default namespace. */
export function parseName(text: string): ObjectName {
  const dot = text.indexOf('.');
  return dot < 1 ? { name: text.slice(dot + 1) } : { namespace: text.slice(0, dot), name: text.slice(dot + 1) };
}
