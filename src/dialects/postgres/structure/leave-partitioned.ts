import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../dialect/structure/rules.ts';
import { dropChecksBut } from '../online/drop-checks.ts';
import { detachPartition, type Partition } from '../online/partition.ts';
import { proveOtherPlaces } from './attached-bound.ts';
import { detachNote, whyNotConcurrently } from './detach-note.ts';
import { foreignKeysAbove } from './foreign-keys-above.ts';
import { idOf, quoted } from './names.ts';
import { placeOf, sourceOf, tableIdOf, tableNameOf, tableOf } from './relation.ts';
import { step } from './step.ts';
import { renameNotNullsOf } from './table/rename-not-nulls.ts';

/** Before all else but the proofs of what gets another place: nothing has begun by then that one transaction must end. */
export const leaveRank = -3900;

/** Takes a partition out: concurrently, where it becomes a table of its own. */
export function leavePartitioned(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { to, safe } = context;
  const kept = to.facts.get(fact.id);
  const atOnce = detachPartition(namesOf(fact), 'plain');
  if (!to.facts.has(tableIdOf(fact))) return atOnce;
  if (kept !== undefined) return [...proveOtherPlaces(kept, context), ...atOnce, ...dropKeysLeft(fact, context)];
  const detach = safe === 'plain' ? atOnce : detachOnline(fact, context);
  return [...detach, ...dropKeysLeft(fact, context), ...renameNotNullsOf(tableIdOf(fact), context)];
}

/** A check that the server makes meanwhile goes at once, so that its name is free for what is wanted. */
function detachOnline(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const reason = whyNotConcurrently(fact, context);
  const note = detachNote(fact, context, reason);
  const form = reason === undefined ? 'online' : 'plain';
  const detach = detachPartition(namesOf(fact), form).map((statement) => ({ ...statement, note }));
  return form === 'plain' ? detach : [...detach, dropChecksBut(tableNameOf(fact), checksOf(fact, context))];
}

function checksOf(fact: Fact, { from, partsOf }: PlanContext): readonly string[] {
  const table = from.facts.get(tableIdOf(fact));
  const parts = table === undefined ? [] : partsOf(table, from);
  return parts
    .filter(({ kind, attributes }) => kind === 'constraint' && attributes['type'] === 'c')
    .map((check) => placeOf(check).name);
}

/** Foreign keys that came from a table above stay behind: those that are not wanted, by the table or from above, go. */
function dropKeysLeft(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { from, to } = context;
  const { schema, table } = placeOf(fact);
  const above = foreignKeysAbove(tableIdOf(fact), to, context);
  const isWanted = (key: Fact): boolean =>
    [to.facts.get(idOf('constraint', schema, table, placeOf(key).name)), ...above].some(
      (wanted) => wanted?.attributes['definition'] === key.attributes['definition'],
    );
  return foreignKeysAbove(tableIdOf(fact), from, context)
    .filter((key) => !isWanted(key))
    .map((key) => step(`alter table ${tableOf(fact)} drop constraint if exists ${quoted(placeOf(key).name)}`));
}

function namesOf(fact: Fact): Partition {
  return { parent: sourceOf(fact), partition: tableNameOf(fact) };
}
