import type { FilterNode } from '../filter/filter-node.ts';
import type { QueryWriter } from '../query-writer.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import type { RelationPlan } from './relation-plan.ts';

/** What ties rows of the related table to one row of the table around the subquery. */
export interface Correlation {
  readonly relation: RelationPlan;
  readonly source: TablePlan;
  /** Which rows of the join table count. */
  readonly joined: FilterNode | undefined;
}

type CompileFilter = (node: FilterNode, writer: QueryWriter) => string;

/**
 * `from "book" rh1 where rh1."author_id" = "author"."id" and …`. The related table stands alone in its FROM, so that
 * columns of filters need no table in front: a join table is asked in a subquery of its own.
 */
export function compileRelatedRows(
  { relation, source, joined }: Correlation,
  part: FilterNode | undefined,
  writer: QueryWriter,
  compile: CompileFilter,
): (alias: string) => string {
  const outer = writer.enclosing(source);
  return (alias) => {
    const tie = compileTie({ relation, source, joined }, outer, alias, writer, compile);
    const rest = part === undefined ? '' : ` and (${compile(part, writer)})`;
    return `from ${relation.target.table} ${alias} where ${tie}${rest}`;
  };
}

function compileTie(
  { relation, joined }: Correlation,
  outer: string,
  alias: string,
  writer: QueryWriter,
  compile: CompileFilter,
): string {
  const { from, to, through } = relation;
  if (through === undefined) return equal(alias, to, outer, from);
  return writer.subquery((join) => {
    const far = through.far.map(({ name }) => `${join}.${name}`).join(', ');
    const rest = joined === undefined ? '' : ` and (${compile(joined, writer)})`;
    const rows = `select ${far} from ${through.plan.table} ${join} where ${equal(join, through.near, outer, from)}${rest}`;
    const key = to.map(({ name }) => `${alias}.${name}`).join(', ');
    return `${to.length === 1 ? key : `(${key})`} in (${rows})`;
  });
}

function equal(left: string, lefts: readonly Field[], right: string, rights: readonly Field[]): string {
  return lefts.map(({ name }, place) => `${left}.${name} = ${right}.${rights[place]?.name}`).join(' and ');
}
