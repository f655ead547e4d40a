import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { relationsOf } from '../../schema/relations/relation-link.ts';
import { definition, type AnyTable } from '../../schema/table/table.ts';
import type { Resource } from './resource.ts';

/** Relations that a resource may show, each as the resource that says what is shown of its rows. */
export type IncludeOption = Readonly<Record<string, Resource | (() => Resource)>>;

/** A relation that requests may include. */
export interface ResourceRelation {
  readonly many: boolean;
  /** Asked when requests come: resources may include one another. */
  readonly resource: () => Resource;
}

export function resourceRelations(table: AnyTable, include: IncludeOption = {}): ReadonlyMap<string, ResourceRelation> {
  const links = relationsOf(table);
  const entries = Object.entries(include).map(([name, said]): [string, ResourceRelation] => {
    const link = links.find((one) => one.name === name);
    if (link === undefined) throw invalid(table, `there is no relation ${name} to include`);
    const resource = (): Resource => {
      const related = typeof said === 'function' ? said() : said;
      if (related.table !== link.target[definition])
        throw invalid(table, `${name} leads to another table than that of ${related.prefix}`);
      return related;
    };
    return [name, { many: link.many, resource }];
  });
  return new Map(entries);
}

function invalid(table: AnyTable, reason: string): RowhouseError {
  const { name } = table[definition];
  return new RowhouseError('CONFIG_INVALID', `resource of table ${name}: ${reason}`, {
    details: { table: name },
    hint: 'make the resource of a table of relations(): resource(library.authors, …)',
  });
}
