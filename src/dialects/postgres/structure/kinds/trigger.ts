import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { firing } from '../firing.ts';
import type { Kind } from '../kind.ts';
import { isOwnSchema, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row extends Attributes {
  readonly address: string;
  readonly of: string;
  readonly name: string;
  readonly on: string;
}

interface Attributes {
  readonly definition: string;
  /** `O`, `D`, `R` or `A`: ordinary, disabled, on replicas, always. */
  readonly fires: string;
  /** True: a constraint trigger, which cannot be replaced in place. */
  readonly isConstraint: boolean;
}

/** Triggers. What a partition has from its parent is not a trigger of its own. */
export const triggers: Kind = {
  kind: 'trigger',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, of, name, on, ...attributes }) => ({
      kind: 'trigger',
      id: quoted(name),
      of,
      attributes: { ...attributes },
      requires: [],
      notes: { name: quoted(name), on },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => create(fact, attributesOf<Attributes>(fact).definition),
    drop: (fact) => [step(`drop trigger ${noteOf(fact, 'name')} on ${noteOf(fact, 'on')}`)],
    alter,
    rank: 20,
  },
};

function create(fact: Fact, definition: string): readonly DefinitionStatement[] {
  const { fires } = attributesOf<Attributes>(fact);
  return [step(definition), ...(fires === 'O' ? [] : [switchTo(fact)])];
}

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  if (before.definition === after.definition) return { how: 'in-place', steps: [switchTo(to)] };
  if (before.isConstraint || after.isConstraint) return { how: 'replace' };
  const definition = after.definition.replace(/^create trigger/i, 'create or replace trigger');
  return { how: 'in-place', steps: [step(definition), switchTo(to)] };
}

function switchTo(fact: Fact): DefinitionStatement {
  return firing('trigger', noteOf(fact, 'on'), noteOf(fact, 'name'), attributesOf<Attributes>(fact).fires);
}

const query = `
select 'pg_trigger/' || t.oid || '/0' as "address", 'pg_class/' || c.oid || '/0' as "of", t.tgname as "name",
  format('%I.%I', n.nspname, c.relname) as "on", pg_get_triggerdef(t.oid) as "definition", t.tgenabled as "fires",
  t.tgconstraint <> 0 as "isConstraint"
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where not t.tgisinternal and t.tgparentid = 0 and ${isOwnSchema('n.nspname')}`;
