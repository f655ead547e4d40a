import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import type { AlterClause, AlterStatement } from './alter-clause.ts';
import { checkClauses } from './check-clauses.ts';
import { addColumns, changeColumns, dropColumns } from './column-clauses.ts';
import { frameClauses } from './frame-clauses.ts';
import { indexClauses } from './index-clauses.ts';
import { interimTable } from './interim-table.ts';
import { partitionChange, type PartitionChange } from './partition-change.ts';
import { planAlter } from './print-alter.ts';
import { tableChanges, type TableChanges } from './table-changes.ts';
import { optionClauses } from './table-options.ts';
import type { TableShape } from './table-shape.ts';

/** The statements that make one state of a table another, foreign keys aside. The rows stay where they are. */
export function alterTable(from: TableShape, to: TableShape, safe: Safety): readonly DefinitionStatement[] {
  const interim = interimTable(from, to);
  if (interim === undefined) return alterStatements(tableChanges(from, to), safe).map((one) => planAlter(one, safe));
  const { table, steps, note } = interim;
  return [...withNote(alterTable(from, table, safe), note), ...steps, ...alterTable(table, to, safe)];
}

function withNote(
  statements: readonly DefinitionStatement[],
  note: string | undefined,
): readonly DefinitionStatement[] {
  const [first, ...rest] = statements;
  if (first === undefined || note === undefined) return statements;
  return [{ ...first, note: [first.note, note].filter((text) => text !== undefined).join('; ') }, ...rest];
}

function alterStatements(changes: TableChanges, safe: Safety): readonly AlterStatement[] {
  const { from, to } = changes;
  const partitions = partitionChange(from, to);
  const clauses = allClauses(changes);
  const isSplit = safe === 'online' && partitions.kind !== 'rewrite' && from.frame.versioned === to.frame.versioned;
  const groups = isSplit ? splitByCost(clauses) : [clauses];
  const statements = groups.map((group): AlterStatement => ({
    table: to.name,
    clauses: group,
    versioned: from.frame.versioned,
    step: changes,
  }));
  return withPartitions(statements, partitions, changes).filter(
    (statement) => statement.clauses.length > 0 || statement.partitioning !== undefined,
  );
}

/** In the order in which a person would make them; the server sorts them itself. */
function allClauses(changes: TableChanges): readonly AlterClause[] {
  const [checks, indexes, frame] = [checkClauses(changes), indexClauses(changes), frameClauses(changes)];
  return [
    ...checks.drops,
    ...frame.drops,
    ...indexes.drops,
    ...dropColumns(changes),
    ...changeColumns(changes),
    ...addColumns(changes),
    ...frame.adds,
    ...indexes.adds,
    ...checks.adds,
    ...optionClauses(changes),
  ];
}

/** One slow clause makes its whole statement slow: what can go alone does. */
function splitByCost(clauses: readonly AlterClause[]): readonly (readonly AlterClause[])[] {
  const firstCost = (clause: AlterClause): string => `${clause.place} ${clause.place === 'main' ? '' : clause.cost}`;
  const groups = Map.groupBy(clauses, firstCost);
  const order = ['first catalog', 'first read', 'first copy', 'main ', 'last catalog', 'last read', 'last copy'];
  return order.flatMap((key) => {
    const group = groups.get(key);
    return group === undefined ? [] : [group];
  });
}

function withPartitions(
  statements: readonly AlterStatement[],
  partitions: PartitionChange,
  changes: TableChanges,
): readonly AlterStatement[] {
  const { from, to } = changes;
  switch (partitions.kind) {
    case 'none':
      return statements;
    case 'append': {
      // Where rows are spread over all partitions a new one takes its share of them.
      const cost = /PARTITION BY (?:RANGE|LIST)/.test(to.frame.partitioning) ? 'catalog' : 'copy';
      const clause: AlterClause = { sql: partitions.clause, place: 'last', cost };
      const { versioned } = from.frame;
      return [...statements, { table: to.name, clauses: [clause], standsAlone: true, versioned, step: changes }];
    }
    case 'rewrite':
      return statements.map((statement) => ({ ...statement, partitioning: partitions.clause }));
  }
}
