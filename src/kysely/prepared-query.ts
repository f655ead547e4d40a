import type { CompiledQuery, OperationNode, QueryCompiler, RawNode, SelectModifierNode, ValueNode } from 'kysely';
import type { Session } from '../database/session.ts';
import type { TenantId } from '../database/tenant/tenant-scope.ts';
import type { Codec } from '../dialect/codec.ts';
import type { KnownTables, Output } from './known-tables.ts';
import { outputOf, readingOf } from './output-of.ts';
import { isHandWritten, isKind, isQuery, unknownOutput } from './scope.ts';
import { TenantFence } from './tenant-fence.ts';
import { TypedValue } from './typed-value.ts';
import { TypingTransformer } from './typing-transformer.ts';

/** What is known of a query beside its text. */
export interface PreparedQuery {
  /** By the place of the parameter; absent where its column is not known. */
  readonly codecs: readonly (Codec | undefined)[];
  readonly output: Output;
  /** Running it twice is the same as running it once. */
  readonly isRead: boolean;
  /** The tenant among whose rows it stays. */
  readonly fencedFor: TenantId | undefined;
}

/** What is known of text that did not come from a query builder. */
const unknownQuery: PreparedQuery = { codecs: [], output: unknownOutput, isRead: false, fencedFor: undefined };

const prepared = new WeakMap<CompiledQuery, PreparedQuery>();

/** What is known of a compiled query. */
export function preparedQuery(query: CompiledQuery): PreparedQuery {
  return prepared.get(query) ?? unknownQuery;
}

/** A compiler that remembers the columns of parameters and results. */
export function preparingCompiler(compiler: QueryCompiler, tables: KnownTables, session: Session): QueryCompiler {
  const reading = readingOf(tables);
  return {
    compileQuery(node, queryId) {
      const scope = session.ambient ?? session;
      const fence = new TenantFence(tables, scope);
      const fenced = fence.transformNode(node, queryId);
      const typed = new TypingTransformer(tables, session.dialect.queries).transformNode(fenced, queryId);
      const { sql, parameters } = compiler.compileQuery(typed, queryId);
      const compiled: CompiledQuery = { query: node, queryId, sql, parameters: parameters.map(given) };
      const codecs = parameters.map((value) => (value instanceof TypedValue ? value.field.codec : undefined));
      const fencedFor = isQuery(node) && fence.isFenced ? scope.tenant?.value : undefined;
      prepared.set(compiled, { codecs, output: outputOf(typed, reading), isRead: isRead(node), fencedFor });
      return compiled;
    },
  };
}

function given(parameter: unknown): unknown {
  return parameter instanceof TypedValue ? parameter.value : parameter;
}

/** Nothing in it writes, locks, or calls what might: SQL by hand and functions by name are taken to be such. */
function isRead(node: OperationNode): boolean {
  return node.kind === 'SelectQueryNode' && isHarmless(node);
}

const doubtful: ReadonlySet<string> = new Set<OperationNode['kind']>([
  'FunctionNode',
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
]);

function isHarmless(part: unknown): boolean {
  if (Array.isArray(part)) return part.every(isHarmless);
  if (!isNode(part)) return true;
  if (isKind<RawNode>(part, 'RawNode')) return !isHandWritten(part);
  if (isKind<SelectModifierNode>(part, 'SelectModifierNode')) return part.modifier === 'Distinct';
  if (doubtful.has(part.kind)) return false;
  return isKind<ValueNode>(part, 'ValueNode') || Object.values(part).every(isHarmless);
}

function isNode(part: unknown): part is OperationNode {
  return typeof part === 'object' && part !== null && 'kind' in part;
}
