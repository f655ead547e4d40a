import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { StructurePlanner } from '../../../dialect/structure-planner.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { refused } from '../../../dialect/structure/compare.ts';
import { afterKeys } from './after-keys.ts';
import { afterOverloads } from './after-overloads.ts';
import { endDetaches } from './end-detaches.ts';
import { followCalls } from './follow-calls.ts';
import { kinds } from './kinds.ts';
import { attachedAfterLosses, innermostFirst, ownAfterLeaving, withoutVainOrder } from './link-partitions.ts';
import { planWithCopies } from './copy/plan-with-copies.ts';
import { readStructure } from './read-structure.ts';
import { renameAlike } from './rename-alike.ts';
import { rulesOfKinds } from './rules.ts';
import { tearIndexes } from './tear-indexes.ts';

/** Compares two PostgreSQL databases of the same version in every respect. */
export const postgresStructures: StructurePlanner = {
  read: async (connection, options) => await readStructure(connection, kinds, options),
  plan(from, to, { safe = 'online', skipDrops = false } = {}): readonly DefinitionStatement[] {
    refuseUnknown(from, to);
    const wanted = withoutVainOrder(skipDrops ? keepingRows(from, to) : to);
    const ended = endDetaches(from, wanted);
    const renamed = renameAlike(ended.from, wanted);
    const whole = innermostFirst(tearIndexes(withoutVainOrder(renamed.from, wanted), wanted));
    const linked = attachedAfterLosses(whole, ownAfterLeaving(whole, wanted));
    const ordered = followCalls(whole, afterOverloads(whole, afterKeys(whole, linked)));
    return [...ended.steps, ...renamed.steps, ...planWithCopies(whole, ordered, rulesOfKinds(kinds), safe)];
  },
};

function refuseUnknown(from: Structure, to: Structure): void {
  if (from.server !== to.server) throw refused(to.server, `it cannot be compared with ${from.server}`);
  const [before, after] = [from, to].map(({ opaque }) => new Map(opaque.map((object) => [object.id, object])));
  for (const { id, reason } of [...from.opaque, ...to.opaque]) {
    const [old, now] = [before?.get(id), after?.get(id)];
    if (old === undefined || now === undefined) throw refused(id, reason);
    if (old.digest !== now.digest) throw refused(id, `it is defined in two ways, and ${reason}`);
  }
}

const holdsRows: ReadonlySet<string> = new Set(['table', 'column', 'sequence', 'materialized view']);

/** `to` with everything of `from` that holds rows, and with what that needs and is made of. */
function keepingRows(from: Structure, to: Structure): Structure {
  const facts = new Map(to.facts);
  const keep = (fact: Fact | undefined): void => {
    if (fact === undefined || facts.has(fact.id)) return;
    facts.set(fact.id, fact);
    for (const id of [fact.parent, ...fact.requires]) if (id !== undefined) keep(from.facts.get(id));
  };
  for (const fact of from.facts.values()) if (holdsRows.has(fact.kind)) keep(fact);
  for (const fact of from.facts.values()) {
    if (fact.parent !== undefined && facts.has(fact.parent) && !to.facts.has(fact.parent)) keep(fact);
  }
  return { ...to, facts };
}
