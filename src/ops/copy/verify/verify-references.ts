import type { ForeignKey } from '../../../catalog/model/constraint.ts';
import type { Session } from '../../../database/session.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import type { TableCopy } from '../plan/copy-plan.ts';
import { tablePath } from '../table-path.ts';

/** Checks foreign keys that did not watch the load: every row must find the row it refers to. */
export async function verifyReferences(session: Session, { name, table, to }: TableCopy): Promise<void> {
  for (const key of table.foreignKeys) {
    const { rows } = await session.run({ sql: orphansQuery(session, to.table, key) }, []);
    if (Number(rows[0]?.[0] ?? 0) === 0) continue;
    throw new RowhouseError(
      'FOREIGN_KEY_VIOLATION',
      `${name}: rows refer to rows of ${key.references.name} that are not there`,
      {
        details: { table: name, constraint: key.name },
        hint: 'the source has the same rows: correct them there and run the copy again',
      },
    );
  }
}

function orphansQuery({ dialect }: Session, table: string, { columns, references }: ForeignKey): string {
  const quoted = (name: string): string => dialect.text.name(name);
  const given = columns.map((column) => `child.${quoted(column)} is not null`);
  const equal = references.columns.map(
    (column, place) => `parent.${quoted(column)} = child.${quoted(columns[place] ?? '')}`,
  );
  const parent = `select 1 from ${tablePath(references, dialect)} parent where ${equal.join(' and ')}`;
  return `select count(*) from ${table} child where ${given.join(' and ')} and not exists (${parent})`;
}
