import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { renderRevision } from '../../../src/migration/revision/write-revision.ts';

/** Eleven revisions make 30 tables; each also writes a row, so that one that ran twice or not at all is seen. */
export const revisionIds: readonly string[] = Array.from(
  { length: 11 },
  (_, number) => `r${String(number).padStart(2, '0')}`,
);

/** The files of a project with a long history. Its schema is empty: the revisions are what is tested. */
export function warehouseFiles(): Readonly<Record<string, string>> {
  const revisions = revisionIds.map((id, number) => {
    const parents = number === 0 ? [] : [revisionIds[number - 1] ?? ''];
    const text = renderRevision({ id, parents, message: `step ${number}`, up: changesOf(number) });
    return [`migrations/${id}.ts`, text] as const;
  });
  return {
    'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';

export default defineProject({ services: { app: service({ schema: {}, migrations: './migrations' }) } });
`,
    ...Object.fromEntries(revisions),
  };
}

function changesOf(number: number): readonly Change[] {
  const mark: Change = {
    kind: 'raw-sql',
    up: { any: `insert into mark (revision) values (${number})` },
    down: { any: `delete from mark where revision = ${number}` },
  };
  if (number === 0) return [...createCatalog({ ...emptyCatalog, tables: [markTable] }), mark];
  const tables = [0, 1, 2].map((place) => shelf(number * 3 + place - 3));
  const [first, second, third] = createCatalog({ ...emptyCatalog, tables });
  const members = createCatalog({ ...emptyCatalog, tables }).slice(3);
  return [first, second, mark, third, ...members, addColumn(number)].filter((change) => change !== undefined);
}

const integer = { type: { kind: 'integer' }, nullable: false } as const;

const markTable: Table = {
  name: 'mark',
  columns: [{ name: 'revision', ...integer }],
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
};

/** A table that refers to the one before it. */
function shelf(number: number): Table {
  const name = shelfName(number);
  const parent = {
    name: `${name}_parent_fkey`,
    columns: ['parent'],
    references: { name: shelfName(number - 1), columns: ['id'] },
    onDelete: 'no-action',
    onUpdate: 'no-action',
  } as const;
  return {
    name,
    columns: [
      { name: 'id', ...integer },
      { name: 'parent', type: { kind: 'integer' }, nullable: true },
      { name: 'label', type: { kind: 'varchar', length: 40 }, nullable: true },
    ],
    primaryKey: { name: `${name}_pkey`, columns: ['id'] },
    uniques: [],
    foreignKeys: number === 0 ? [] : [parent],
    checks: [],
    indexes: [{ name: `${name}_label_idx`, keys: [{ column: 'label' }], unique: false }],
  };
}

function addColumn(number: number): Change {
  const column = { name: 'note', type: { kind: 'varchar', length: 40 }, nullable: true } as const;
  return { kind: 'add-column', table: { name: shelfName(number * 3 - 3) }, column };
}

function shelfName(number: number): string {
  return `shelf_${String(number).padStart(2, '0')}`;
}
