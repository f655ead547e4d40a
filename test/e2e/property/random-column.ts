import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import type { Column, ColumnDefault } from '../../../src/catalog/model/column.ts';
import type { Chance } from './random-member.ts';

const types: readonly ColumnType[] = [
  { kind: 'smallint' },
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'decimal', precision: 10, scale: 2 },
  { kind: 'double' },
  { kind: 'boolean' },
  { kind: 'text' },
  { kind: 'varchar', length: 20 },
  { kind: 'char', length: 6 },
  { kind: 'bytes' },
  { kind: 'uuid' },
  { kind: 'date' },
  { kind: 'time', precision: 0 },
  { kind: 'timestamp', precision: 3 },
  { kind: 'timestamptz', precision: 3 },
  { kind: 'json' },
  { kind: 'array', of: { kind: 'integer' } },
];

/** A column; it may be computed from one of `others`. */
export function randomColumn(given: Chance, catalog: Catalog, others: readonly Column[]): Column {
  const { random, dialect, pick, name } = given;
  const source = pick(others.filter((column) => isPlain(column) && column.type.kind === 'integer'));
  if (source !== undefined && random(8) === 0) return computedFrom(source, given);
  const enums = catalog.enums.map(({ namespace, name: own }): ColumnType => {
    return namespace === undefined ? { kind: 'enum', name: own } : { kind: 'enum', namespace, name: own };
  });
  const domains = catalog.raw.flatMap((object): ColumnType[] =>
    object.type === 'domain' ? [{ kind: 'native', type: object.name }] : [],
  );
  const possible = [...types, ...enums, ...enums, ...domains].filter(
    (each) => dialect.types.unsupported(each) === undefined,
  );
  const type = pick(possible) ?? { kind: 'integer' };
  const value = random(2) === 0 ? defaultOf(type) : undefined;
  const nullable = value === undefined || random(2) === 0;
  return {
    name: name('c'),
    type,
    nullable,
    ...(value === undefined ? {} : { default: value }),
    ...(random(8) === 0 ? { comment: `it's a comment` } : {}),
  };
}

/** Neither computed nor numbered: what some engines let nothing be made of. */
export function isPlain({ generated, identity }: Column): boolean {
  return generated === undefined && identity === undefined;
}

function computedFrom(source: Column, { name, random }: Chance): Column {
  const parts = [
    { kind: 'name' as const, name: source.name },
    { kind: 'text' as const, text: ' + 1' },
  ];
  return {
    name: name('c'),
    type: { kind: 'bigint' },
    nullable: true,
    generated: { expression: { parts }, stored: random(2) === 0 },
  };
}

function defaultOf({ kind }: ColumnType): ColumnDefault | undefined {
  if (kind === 'integer' || kind === 'smallint') return { kind: 'literal', value: 7 };
  if (kind === 'bigint') return { kind: 'literal', value: '7' };
  if (kind === 'varchar') return { kind: 'literal', value: `it's` };
  if (kind === 'timestamptz') return { kind: 'now' };
  return kind === 'boolean' ? { kind: 'literal', value: true } : undefined;
}
