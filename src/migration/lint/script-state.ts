import type { LintAction, TableClause } from '../../dialect/lint/action.ts';
import type { LintContext } from '../../dialect/lint/context.ts';
import type { ConstraintFacts, WrittenName } from '../../dialect/lint/facts.ts';
import type { LintStatement } from '../../dialect/lint/rule.ts';

/** What is known while a script is read from its first statement to its last. */
export class ScriptState implements LintContext {
  readonly majorVersion: number;
  position = 0;
  private open: LintContext['transaction'];
  private readonly newTables = new Set<string>();
  private readonly newTypes = new Set<string>();
  private readonly settings = new Map<string, string>();
  private readonly built = new Set<string>();
  private readonly notNullChecks = new Map<string, string>();
  private readonly provenNotNull = new Set<string>();
  private readonly checkedTables = new Set<string>();
  private readonly dropped = new Set<string>();
  private readonly renamedAway = new Set<string>();
  private readonly policies = new Set<string>();
  private unchecked = new Set<string>();
  private locked = new Set<string>();

  constructor({ majorVersion, managed }: { readonly majorVersion: number; readonly managed: boolean }) {
    this.majorVersion = majorVersion;
    if (managed) this.open = { at: 0, managed };
  }

  get transaction(): LintContext['transaction'] {
    return this.open;
  }

  isNew(table: WrittenName): boolean {
    return this.newTables.has(keyOf(table));
  }

  strongLocks(): readonly string[] {
    return [...this.locked];
  }

  setting(name: string): string | undefined {
    return this.settings.get(name);
  }

  isBuilt(index: string): boolean {
    return this.built.has(index);
  }

  isProvenNotNull(table: WrittenName, column: string): boolean {
    return this.provenNotNull.has(keyOf(table, column));
  }

  hasValidatedCheck(table: WrittenName): boolean {
    return this.checkedTables.has(keyOf(table));
  }

  isUncheckedHere(table: WrittenName, constraint: string): boolean {
    return this.unchecked.has(keyOf(table, constraint));
  }

  wasDropped(kind: 'constraint' | 'table', table: WrittenName, name = ''): boolean {
    return this.dropped.has(`${kind} ${keyOf(table, name)}`);
  }

  wasRenamedAway(table: WrittenName): boolean {
    return this.renamedAway.has(keyOf(table));
  }

  hasPolicy(table: WrittenName): boolean {
    return this.policies.has(keyOf(table));
  }

  isNewType(name: string): boolean {
    return this.newTypes.has(name);
  }

  /** Takes note of what a statement did, after it was judged. */
  follow({ action, at, words }: LintStatement): void {
    this.followTransaction(action, at);
    if (!staysOutside(action)) this.position += 1;
    this.followTables(action);
    if (action.kind === 'create-index' && action.name !== undefined) {
      if (action.concurrently || this.isNew(action.table)) this.built.add(action.name);
    }
    if (action.kind === 'create-other' && action.what === 'type') this.newTypes.add(action.name);
    if (action.kind === 'create-other' && action.what === 'policy') this.policies.add(policyTable(words));
    if (action.kind === 'set') this.settings.set(action.name, action.value.map(({ text }) => text).join(' '));
    if (action.kind === 'pragma') this.settings.set(action.name, action.value);
  }

  private followTables(action: LintAction): void {
    if (action.kind === 'create-table' && !action.filled) this.newTables.add(keyOf(action.table));
    if (action.kind === 'create-other' && action.what === 'materialized view') {
      this.newTables.add(keyOf({ name: action.name, at: 0 }));
    }
    if (action.kind === 'insert' || action.kind === 'update') this.newTables.delete(keyOf(action.table));
    if (action.kind === 'alter-table') {
      for (const clause of action.clauses) this.followClause(clause, action.table);
    }
    if (action.kind !== 'drop-table') return;
    for (const table of action.tables) {
      this.dropped.add(`table ${keyOf(table, '')}`);
      this.newTables.delete(keyOf(table));
    }
  }

  private followTransaction(action: LintAction, at: number): void {
    if (action.kind === 'begin' && this.open === undefined) this.open = { at, managed: false };
    if (action.kind !== 'commit' && action.kind !== 'rollback') return;
    this.open = undefined;
    this.unchecked = new Set();
    this.locked = new Set();
  }

  private followClause(clause: TableClause, table: WrittenName): void {
    if (clause.kind === 'rename-table') this.renamedAway.add(keyOf(table));
    if (clause.kind === 'drop-constraint') this.dropped.add(`constraint ${keyOf(table, clause.name)}`);
    if (clause.kind === 'add-constraint') this.followConstraint(clause.constraint, table);
    if (clause.kind === 'validate-constraint') {
      this.checkedTables.add(keyOf(table));
      const column = this.notNullChecks.get(keyOf(table, clause.name));
      if (column !== undefined) this.provenNotNull.add(keyOf(table, column));
    }
    if (this.open !== undefined && !this.isNew(table) && locksStrongly(clause)) this.locked.add(table.name);
  }

  private followConstraint(constraint: ConstraintFacts, table: WrittenName): void {
    const { name = '', kind, notValid, inside } = constraint;
    if (notValid && this.open !== undefined) this.unchecked.add(keyOf(table, name));
    const [column, ...test] = inside.map(({ text }) => text).filter((text) => text !== '(' && text !== ')');
    const isNotNull = kind === 'check' && test.join(' ') === 'is not null';
    if (!isNotNull || column === undefined) return;
    this.notNullChecks.set(keyOf(table, name), column);
    if (!notValid) this.provenNotNull.add(keyOf(table, column));
  }
}

/** Where the namespace is left out in one place and written in another, the same table is meant. */
function keyOf({ name }: WrittenName, part?: string): string {
  return JSON.stringify(part === undefined ? [name] : [name, part]);
}

/** In `create policy … on TABLE`. */
function policyTable(words: LintStatement['words']): string {
  const on = words.findIndex(({ kind, text }) => kind === 'word' && text === 'on');
  const isQualified = words[on + 2]?.text === '.';
  return keyOf({ name: words[isQualified ? on + 3 : on + 1]?.text ?? '', at: 0 });
}

function locksStrongly({ kind }: TableClause): boolean {
  return !['validate-constraint', 'attach-partition', 'tune', 'other'].includes(kind);
}

function staysOutside({ kind }: LintAction): boolean {
  return outsideKinds.has(kind);
}

const outsideKinds: ReadonlySet<LintAction['kind']> = new Set([
  'begin',
  'commit',
  'rollback',
  'savepoint',
  'set',
  'note',
  'end-of-script',
]);
