import type { Catalog } from '../../catalog/model/catalog.ts';
import { sourceNames, type SourceNames } from './source-names.ts';

/** Everything that 'rowhouse' exports and a schema file may use; no export of the file may have such a name. */
const builders = [
  'array',
  'bigint',
  'boolean',
  'bytes',
  'char',
  'check',
  'date',
  'decimal',
  'double',
  'enumType',
  'foreignKey',
  'id',
  'index',
  'integer',
  'interval',
  'json',
  'namespace',
  'native',
  'now',
  'primaryKey',
  'rawObject',
  'real',
  'sequence',
  'smallint',
  'sql',
  'table',
  'text',
  'time',
  'timestamp',
  'timestamptz',
  'unique',
  'uniqueIndex',
  'uuid',
  'vector',
  'view',
] as const;

export type Builder = (typeof builders)[number];

/** What the renderers of one file share: names, and which builders are used so far. */
export interface SourceContext {
  readonly catalog: Catalog;
  readonly names: SourceNames;
  /** The builder's name, to be imported. */
  use(builder: Builder): string;
  /** The name of a type, to be imported as one. */
  useType(type: 'ColumnReference'): string;
  /** The import lines for everything used. */
  imports(): string;
}

export function sourceContext(catalog: Catalog): SourceContext {
  const used = new Set<string>();
  const types = new Set<string>();
  return {
    catalog,
    names: sourceNames(catalog, [...builders, 'ColumnReference', 't']),
    use(builder): string {
      used.add(builder);
      return builder;
    },
    useType(type): string {
      types.add(type);
      return type;
    },
    imports: () => importLine('import type', types) + importLine('import', used),
  };
}

function importLine(words: string, names: ReadonlySet<string>): string {
  return names.size === 0 ? '' : `${words} { ${[...names].toSorted().join(', ')} } from 'rowhouse';\n`;
}
