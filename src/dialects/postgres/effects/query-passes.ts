import type { Connection } from '../../../driver/connection.ts';
import { firstKeyword } from '../../../driver/first-keyword.ts';
import { readRelations } from './relations.ts';

const queries: ReadonlySet<string> = new Set(['select', 'insert', 'update', 'delete', 'merge', 'with']);

/** Is it a statement for which the server makes a plan? */
export function isQuery(sql: string): boolean {
  return queries.has(firstKeyword(sql));
}

/**
 * The tables, by number, that a query goes through from end to end, in the transaction that is open. Where there are no
 * rows the planner sees no use in an index, so it is told to take one if it can.
 */
export async function passesOfQuery(connection: Connection, sql: string): Promise<ReadonlySet<string>> {
  await connection.script('set local enable_seqscan = off');
  const { rows } = await connection.run({ sql: `explain (verbose, format json) ${sql}` }, []);
  await connection.script('set local enable_seqscan = on');
  const [first] = rows.flat();
  const explained: unknown = typeof first === 'string' ? JSON.parse(first) : first;
  const names = new Set(nodesOf(explained).filter(readsAll).map(nameOf));
  const relations = await readRelations(connection);
  return new Set([...relations].flatMap(([id, { name }]) => (names.has(name) ? [id] : [])));
}

type PlanNode = Readonly<Record<string, unknown>>;

/** Every node of the plan, wherever it hangs. */
function nodesOf(explained: unknown): readonly PlanNode[] {
  if (Array.isArray(explained)) return explained.flatMap(nodesOf);
  if (typeof explained !== 'object' || explained === null) return [];
  const node = explained as PlanNode;
  return [node, ...Object.values(node).flatMap(nodesOf)];
}

/** Through an index without a condition all rows are read as well. */
function readsAll(node: PlanNode): boolean {
  switch (node['Node Type']) {
    case 'Seq Scan':
      return true;
    case 'Index Scan':
    case 'Index Only Scan':
      return node['Index Cond'] === undefined;
    case 'Bitmap Heap Scan':
      return nodesOf(node).every((part) => part['Index Cond'] === undefined);
  }
  return false;
}

function nameOf(node: PlanNode): string {
  const [namespace, name] = [String(node['Schema']), String(node['Relation Name'])];
  return namespace === 'public' ? name : `${namespace}.${name}`;
}
