import type { Fact, FactValue, Structure } from '../../../../dialect/structure/fact.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import { factText } from '../fact-text.ts';
import { idOf } from '../names.ts';
import { placeOf } from '../relation.ts';
import { columnsOf, isOfRows, partsWithin } from './own-parts.ts';

/** Something that has another name while the copy is made, since names of relations belong to the namespace. */
export interface RenamedPart {
  readonly kind: 'index' | 'constraint' | 'sequence';
  readonly meanwhile: string;
  readonly name: string;
}

/** A table as facts under another name, and what has to get its own name when the copy takes its place. */
export interface CopyFacts {
  readonly facts: readonly Fact[];
  readonly renamed: readonly RenamedPart[];
}

/** What `after` says of the table and its rows, said of a table called `copy`. Its columns stand as in `before`. */
export function copyFacts(table: Fact, copy: string, before: Structure, after: Structure): CopyFacts {
  const within = partsWithin(table.id, after);
  const parts = [...after.facts.values()].filter((fact) => within.has(fact.id) && isOfRows(fact));
  const names = new Map(parts.map((part) => [part.id, meanwhileOf(part, copy)]));
  const ids = new Map(parts.map((part) => [part.id, idOfCopy(part, copy, names.get(part.id) ?? '')]));
  const places = new Map(columnsOf(table.id, before).map(({ id, notes }) => [id, Number(notes?.['position'])]));
  const behind = Math.max(0, ...places.values());
  const facts = parts.map((part) => {
    const position = places.get(part.id) ?? behind + Number(part.notes?.['position'] ?? 0);
    return inCopy(part, { copy, name: names.get(part.id) ?? '', ids, position });
  });
  return { facts, renamed: parts.flatMap((part) => renamedPart(part, names.get(part.id) ?? '')) };
}

function renamedPart(part: Fact, meanwhile: string): readonly RenamedPart[] {
  if (part.kind === 'index') return [{ kind: 'index', meanwhile, name: placeOf(part).name }];
  if (isIndexed(part)) return [{ kind: 'constraint', meanwhile, name: placeOf(part).name }];
  return part.kind === 'identity' ? [{ kind: 'sequence', meanwhile, name: factText(part.attributes['sequence']) }] : [];
}

/** The name under which a part is made; of an identity, that of its sequence. */
function meanwhileOf(part: Fact, copy: string): string {
  const { name } = placeOf(part);
  if (part.kind === 'table') return copy;
  if (part.kind === 'index' || isIndexed(part)) return temporaryName(name, 'new', copy);
  return part.kind === 'identity' ? temporaryName(factText(part.attributes['sequence']), 'new', copy) : name;
}

function isIndexed({ kind, notes }: Fact): boolean {
  return kind === 'constraint' && notes?.['indexed'] === true;
}

function idOfCopy(part: Fact, copy: string, meanwhile: string): string {
  const { schema, name } = placeOf(part);
  switch (part.kind) {
    case 'table':
    case 'index':
      return idOf(part.kind, schema, meanwhile);
    case 'constraint':
      return idOf(part.kind, schema, copy, meanwhile);
    default:
      return idOf(part.kind, schema, copy, name);
  }
}

interface Place {
  readonly copy: string;
  readonly name: string;
  readonly ids: ReadonlyMap<string, string>;
  readonly position: number;
}

function inCopy(part: Fact, { copy, name, ids, position }: Place): Fact {
  const idAfter = (id: string): string => ids.get(id) ?? id;
  const isNumbered = part.kind === 'identity';
  const notes: Record<string, FactValue> = { ...part.notes, table: copy, name: isNumbered ? placeOf(part).name : name };
  return {
    ...part,
    id: idAfter(part.id),
    ...(part.parent === undefined ? {} : { parent: idAfter(part.parent) }),
    attributes: isNumbered ? { ...part.attributes, sequence: name } : part.attributes,
    requires: part.requires.map(idAfter),
    notes: part.kind === 'column' ? { ...notes, position } : notes,
  };
}
