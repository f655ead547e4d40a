import type { ScaffoldFiles, ScaffoldOptions } from './scaffold-files.ts';
import { tableText } from './table-text.ts';

/** A thing with a name: its table, its service with hooks, its resource. */
export function entityFiles({ names, tenant, softDelete }: ScaffoldOptions): ScaffoldFiles {
  const { one, many, words, prefix } = names;
  return {
    'schema.ts': tableText({ names, tenant, softDelete, builders: ['text'], columns: ['name: text({ max: 200 }),'] }),
    'service.ts': `import { tableService } from 'rowhouse/http';
import { ${many} } from './schema.ts';

/** The rules of ${words}: hooks run in the transaction of the call, and what one throws rolls it back. */
export const ${one}Service = tableService(${many}, {
  beforeCreate: (input) => ({ ...input, name: input.name.trim() }),
  beforeUpdate: (change) => (change.name === undefined ? change : { ...change, name: change.name.trim() }),
});
`,
    'resource.ts': `import { resource, type Resource } from 'rowhouse/http';
import { ${many} } from './schema.ts';
import { ${one}Service } from './service.ts';

/** How ${words} are shown over HTTP, and how they may be asked for. */
export const ${one}Resource: Resource = resource(${many}, {
  prefix: '${prefix}',
  service: ${one}Service,
  search: ['name'],
  order: { default: '-createdAt', allowed: ['createdAt', 'updatedAt', 'name'] },
});
`,
  };
}
