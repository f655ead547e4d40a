import type { DoneProbe, ObjectReference } from '../../../dialect/definition.ts';
import type { Connection } from '../../../driver/connection.ts';

/** Answers whether one object is there, or gone, with one look into the server's catalog. */
export async function holds(connection: Connection, { question, object }: DoneProbe): Promise<boolean> {
  const { rows } = await connection.run({ sql: `select exists (${existence(object, question)})` }, values(object));
  return (rows[0]?.[0] === 't') === (question === 'exists');
}

const inNamespace = `n.nspname = coalesce($2::text, current_schema()) and $3::text is not distinct from $3::text`;
const inTable = `n.nspname = coalesce($2::text, current_schema()) and c.relname = $3::text`;

function values({ name, namespace, table }: ObjectReference): readonly unknown[] {
  return [name, namespace ?? null, table ?? null];
}

/** A query with a row where the object is there: `$1` its name, `$2` its namespace or null, `$3` its table or null. */
function existence(object: ObjectReference, question: DoneProbe['question']): string {
  switch (object.kind) {
    case 'namespace':
      return `select from pg_namespace where nspname = $1::text and $2::text is null and $3::text is null`;
    case 'table':
      return relation("'r', 'p'");
    case 'view':
      return relation("'v', 'm'");
    case 'sequence':
      return relation("'S'");
    case 'enum':
      return `select from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typname = $1::text and t.typtype = 'e' and ${inNamespace}`;
    case 'column':
      return `select from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where a.attname = $1::text and a.attnum > 0 and not a.attisdropped and ${inTable}`;
    case 'index':
      // What a concurrent build or drop left behind unfinished is neither there nor gone.
      return `select from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
        join pg_namespace n on n.oid = i.relnamespace
        where i.relname = $1::text and (x.indisvalid or ${question === 'missing'}) and n.nspname = coalesce($2::text, current_schema())
          and c.relname = coalesce($3::text, c.relname)`;
    case 'constraint':
      return `select from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        where k.conname = $1::text and ${inTable}`;
    case 'raw':
      return rawExistence(object);
  }
}

function relation(kinds: string): string {
  return `select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relname = $1::text and c.relkind in (${kinds}) and ${inNamespace}`;
}

/** Between the two halves of detaching it concurrently a partition is neither attached nor settled. */
const partitionStates: Readonly<Record<string, (which: (state: string) => string) => string>> = {
  partition: (which) => which('true'),
  'attached partition': (which) => which('not i.inhdetachpending'),
  'settled partition': (which) => `select where not exists (${which('i.inhdetachpending')})`,
};

/** A routine's name carries the types of its arguments, as the inspector writes it. */
function rawExistence({ type }: ObjectReference): string {
  if (type === 'trigger') {
    return `select from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where t.tgname = $1::text and ${inTable}`;
  }
  if (type === 'policy') {
    return `select from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
      where p.polname = $1::text and ${inTable}`;
  }
  if (type === 'rule') {
    return `select from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
      where r.rulename = $1::text and ${inTable}`;
  }
  const partition = partitionStates[type ?? ''];
  if (partition !== undefined) {
    return partition(
      (
        state,
      ) => `select from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relname = $1::text and c.relispartition and ${state} and ${inNamespace}`,
    );
  }
  if (type === 'extension')
    return `select from pg_extension where extname = $1::text and $2::text is null and $3::text is null`;
  if (type === 'function' || type === 'procedure' || type === 'aggregate') {
    return `select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where $1::text in (p.proname, p.proname || '(' || oidvectortypes(p.proargtypes) || ')') and ${inNamespace}`;
  }
  return `select from (select relname, relnamespace from pg_class union all select typname, typnamespace from pg_type) o (name, namespace)
    join pg_namespace n on n.oid = o.namespace where o.name = $1::text and ${inNamespace}`;
}
