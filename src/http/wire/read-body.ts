import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { jsonNull } from '../../util/json-null.ts';
import { inputError, type InputFault } from '../problem/input-error.ts';
import { jsonPointer } from '../../util/json-pointer.ts';
import type { WireField } from './wire-field.ts';

type Values = Readonly<Record<string, unknown>>;

/** The values of a POST body, or of the part of it at `path`. Everything that is wrong with it is said at once. */
export function readInsert(body: unknown, fields: readonly WireField[], path: readonly string[] = []): Values {
  const given = asObject(body, path);
  const { insertable, required } = rightsOf(fields);
  const missing = required.filter((key) => !Object.hasOwn(given, key));
  const faults = missing.map((key) => ({ pointer: jsonPointer([...path, key]), detail: 'is required' }));
  return readMembers(given, { writable: insertable, fields, path }, faults);
}

/** The values of a PATCH body: properties left out stay as they are. */
export function readPatch(body: unknown, fields: readonly WireField[]): Values {
  return readMembers(asObject(body, []), { writable: rightsOf(fields).updatable, fields, path: [] }, []);
}

interface Rights {
  readonly insertable: ReadonlyMap<string, WireField>;
  readonly updatable: ReadonlyMap<string, WireField>;
  readonly required: readonly string[];
}

/** Looked up once for each resource, not for each request. */
const rights = new WeakMap<readonly WireField[], Rights>();

function rightsOf(fields: readonly WireField[]): Rights {
  const known = rights.get(fields);
  if (known !== undefined) return known;
  const found = {
    insertable: new Map(fields.filter(({ insertable }) => insertable).map((field) => [field.key, field])),
    updatable: new Map(fields.filter(({ updatable }) => updatable).map((field) => [field.key, field])),
    required: fields.filter(({ insertable, required }) => insertable && required).map(({ key }) => key),
  };
  rights.set(fields, found);
  return found;
}

interface Expected {
  readonly writable: ReadonlyMap<string, WireField>;
  readonly fields: readonly WireField[];
  readonly path: readonly string[];
}

function readMembers(given: Values, { writable, fields, path }: Expected, missing: readonly InputFault[]): Values {
  const faults: InputFault[] = [...missing];
  const values: Record<string, unknown> = {};
  for (const [key, json] of Object.entries(given)) {
    const field = writable.get(key);
    if (field === undefined) {
      faults.push({ pointer: jsonPointer([...path, key]), detail: refusal(key, fields) });
      continue;
    }
    const read = readValue(json, field);
    if ('fault' in read) faults.push({ pointer: jsonPointer([...path, key]), detail: read.fault });
    else values[key] = read.value;
  }
  if (faults.length > 0) throw inputError('VALUE_INVALID', 'the body is not what the resource takes', faults);
  return values;
}

/** JSON null is SQL NULL where the column has one, else the JSON document null. */
function readValue(json: unknown, field: WireField): { readonly value: unknown } | { readonly fault: string } {
  if (json === null && field.nullable) return { value: null };
  if (json === null) return field.type.kind === 'json' ? { value: jsonNull } : { fault: 'cannot be null' };
  try {
    return { value: field.wire.fromWire(json) };
  } catch (error) {
    if (!RowhouseError.has(error, 'VALUE_INVALID')) throw error;
    return { fault: expectation(error) };
  }
}

/** `must be a UUID as text`: what a value should have been. */
export function expectation(error: RowhouseError): string {
  const { expected } = error.details;
  return typeof expected === 'string' ? `must be ${expected}` : error.message;
}

function refusal(key: string, fields: readonly WireField[]): string {
  const known = fields.some((field) => field.key === key && field.shown);
  return known ? 'is read-only' : 'is not a property of this resource';
}

function asObject(body: unknown, path: readonly string[]): Values {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Values;
  throw inputError('VALUE_INVALID', 'the body is not what the resource takes', [
    { pointer: jsonPointer(path), detail: 'must be a JSON object' },
  ]);
}
