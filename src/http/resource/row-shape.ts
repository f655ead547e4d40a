import { parameterError } from '../problem/input-error.ts';
import { single } from '../request/single-parameter.ts';
import type { WireField } from '../wire/wire-field.ts';
import type { Resource } from './resource.ts';

/** What a response shows of a row: properties under the names that the request gives them, and related rows. */
export interface RowShape {
  readonly members: readonly ShapeMember[];
  readonly branches: readonly ShapeBranch[];
}

interface ShapeMember {
  readonly name: string;
  readonly field: WireField;
}

interface ShapeBranch {
  readonly name: string;
  readonly resource: Resource;
  readonly many: boolean;
  /** Most rows for each row that they belong to. */
  readonly limit: number;
  readonly shape: RowShape;
}

/** The parameters that say what of a row is shown. */
export const shapeParameters: ReadonlySet<string> = new Set(['select', 'include']);

/** Reads `select=id,writer:name` and `include=books.tags,editor`. */
export function readShape(query: URLSearchParams, resource: Resource): RowShape {
  if (query.size === 0) return wholeShape(resource);
  const members = readSelect(single(query, 'select'), resource);
  const branches = readInclude(single(query, 'include'), resource);
  for (const { name } of branches)
    if (members.some((member) => member.name === name))
      throw parameterError('REQUEST_INVALID', 'select', 'gives a property the name of a relation');
  return { members, branches };
}

/** Every property that the resource shows. */
export function wholeShape({ fields }: Resource): RowShape {
  let shape = wholeShapes.get(fields);
  if (shape === undefined) {
    const members = fields.filter(({ shown }) => shown).map((field) => ({ name: field.key, field }));
    wholeShapes.set(fields, (shape = { members, branches: [] }));
  }
  return shape;
}

const wholeShapes = new WeakMap<readonly WireField[], RowShape>();

function readSelect(text: string | undefined, resource: Resource): readonly ShapeMember[] {
  if (text === undefined) return wholeShape(resource).members;
  const shown = new Map(resource.fields.filter((field) => field.shown).map((field) => [field.key, field]));
  const members = text.split(',').map((term): ShapeMember => {
    const colon = term.indexOf(':');
    const name = colon === -1 ? term : term.slice(0, colon);
    const field = shown.get(term.slice(colon + 1));
    if (field === undefined) throw parameterError('FIELD_UNKNOWN', 'select', 'names a property that is not shown here');
    if (colon !== -1 && !/^[A-Za-z]\w{0,62}$/.test(name))
      throw parameterError('REQUEST_INVALID', 'select', 'takes letters, digits and _ before a colon, a letter first');
    return { name, field };
  });
  if (new Set(members.map(({ name }) => name)).size !== members.length)
    throw parameterError('REQUEST_INVALID', 'select', 'names a property twice');
  return members;
}

function readInclude(text: string | undefined, resource: Resource): readonly ShapeBranch[] {
  if (text === undefined) return [];
  const paths = text.split(',').map((path) => path.split('.'));
  const { depth } = resource.includeLimit;
  if (paths.some((path) => path.length > depth))
    throw parameterError('REQUEST_INVALID', 'include', `leads further than ${depth} relations`);
  return branchesOf(paths, resource, resource.includeLimit.rows);
}

function branchesOf(paths: readonly (readonly string[])[], resource: Resource, limit: number): readonly ShapeBranch[] {
  const names = new Set(paths.flatMap(([name]) => name ?? []));
  return [...names].map((name): ShapeBranch => {
    const relation = resource.relations.get(name);
    if (relation === undefined)
      throw parameterError('FIELD_UNKNOWN', 'include', 'names a relation that is not included here');
    const { many } = relation;
    const related = relation.resource();
    const deeper = paths.filter(([first, ...rest]) => first === name && rest.length > 0).map(([, ...rest]) => rest);
    const shape = { ...wholeShape(related), branches: branchesOf(deeper, related, limit) };
    return { name, resource: related, many, limit, shape };
  });
}
