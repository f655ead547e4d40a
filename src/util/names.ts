import { snakeCase } from './snake-case.ts';

export { snakeCase };

/** `created_at` → `createdAt`, `AlbumId` → `albumId`: a property name for a database's name. */
export function camelCase(name: string): string {
  const words = snakeCase(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const joined = words.map((word, position) => (position === 0 ? word : capitalize(word))).join('');
  return /^\p{N}/u.test(joined) || joined === '' ? `_${joined}` : joined;
}

export function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** 63 bytes: the shortest limit among the engines (PostgreSQL's); longer derived names are cut and get a hash. */
const derivedNameBytes = 63;

/** The parts joined by `_`; cut and marked with 8 hex digits of a hash when they would pass 63 bytes. */
export function derivedName(...parts: readonly string[]): string {
  const name = parts.join('_');
  if (Buffer.byteLength(name) <= derivedNameBytes) return name;
  const { createHash } = process.getBuiltinModule('node:crypto'); // few names are so long
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  const suffix = `_${hash}_${parts.at(-1) ?? ''}`;
  let kept = name;
  while (Buffer.byteLength(kept) + Buffer.byteLength(suffix) > derivedNameBytes)
    kept = Array.from(kept).slice(0, -1).join('');
  return kept + suffix;
}
