import type { ScaffoldNames } from './scaffold-names.ts';

/** What a scaffolded table is made of. */
export interface TableText {
  readonly names: ScaffoldNames;
  readonly tenant: boolean;
  readonly softDelete: boolean;
  /** The builders that its columns use. */
  readonly builders: readonly string[];
  /** One line for each column of its own. */
  readonly columns: readonly string[];
}

/** The text of a schema file. */
export function tableText({ names, tenant, softDelete, builders, columns }: TableText): string {
  const imports = [
    ...builders,
    ...(softDelete ? ['softDelete'] : []),
    ...(tenant ? ['tenant'] : []),
    'table',
    'timestamps',
    'uuid',
    'uuidv7',
  ];
  const lines = [
    'id: uuid().primaryKey().default(uuidv7()),',
    ...(tenant ? ['...tenant(),'] : []),
    ...columns,
    '...timestamps(),',
    ...(softDelete ? ['...softDelete(),'] : []),
  ];
  return `import { ${imports.toSorted().join(', ')} } from 'rowhouse';

export const ${names.many} = table('${names.table}', {
${lines.map((line) => `  ${line}`).join('\n')}
});
`;
}
