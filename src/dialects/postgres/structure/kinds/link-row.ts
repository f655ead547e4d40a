import type { ReadFact } from '../kind.ts';
import { idOf, isOwnSchema } from '../names.ts';

/** A table and one that is above it. */
export interface LinkRow {
  readonly schema: string;
  readonly table: string;
  readonly source_schema: string;
  readonly source: string;
}

/** SQL for the links of which the condition is true: `i` is the link, `c` the table, and `more` what else is asked of it. */
export function linkQuery(condition: string, more = ''): string {
  return `
  select n.nspname as schema, c.relname as table, pn.nspname as source_schema, p.relname as source${more}
  from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
  where ${condition} and ${isOwnSchema('n.nspname')} order by i.inhseqno`;
}

/** What every link says of itself: it belongs to the table, and needs the one above. */
export function linkFact(
  kind: string,
  { schema, table, source_schema: sourceSchema, source: sourceTable }: LinkRow,
): ReadFact & { readonly notes: NonNullable<ReadFact['notes']> } {
  const source = idOf('table', sourceSchema, sourceTable);
  return {
    kind,
    id: idOf(kind, schema, table),
    parent: idOf('table', schema, table),
    attributes: { source },
    requires: [source],
    notes: { schema, table, name: table, source, sourceSchema, sourceTable },
    addresses: [],
  };
}
