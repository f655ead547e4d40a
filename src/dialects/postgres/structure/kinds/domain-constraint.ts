import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { refused } from '../../../../dialect/structure/compare.ts';
import type { Kind } from '../kind.ts';
import { isInLists, isSwapped } from '../domain-swap.ts';
import { isOwnSchema, quoted } from '../names.ts';
import { noCopyNote } from '../no-copy-note.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row extends Attributes {
  readonly address: string;
  readonly of: string;
  readonly name: string;
  readonly domain: string;
}

interface Attributes {
  readonly check: string;
  readonly validated: boolean;
}

/** The checks of domains. */
export const domainConstraints: Kind = {
  kind: 'domain constraint',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, of, name, domain, check, validated }) => ({
      kind: 'domain constraint',
      id: quoted(name),
      of,
      attributes: { check, validated },
      requires: [],
      notes: { name: quoted(name), domain },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact, context) => create(fact, context),
    drop: (fact) => [change(fact, `drop constraint ${noteOf(fact, 'name')}`)],
    alter,
  },
};

function create(fact: Fact, { from, to, safe }: PlanContext): readonly DefinitionStatement[] {
  const [before, after] = [from.facts.get(fact.parent ?? ''), to.facts.get(fact.parent ?? '')];
  const isMadeAnew = before !== undefined && after !== undefined && isSwapped(before, after);
  if (isMadeAnew && fact.attributes['validated'] === true) return [];
  if (before !== undefined && isInLists(before))
    throw refused(fact.id, 'a domain that lists are made of takes no new check');
  const { check, validated } = attributesOf<Attributes>(fact);
  const isNew = fact.parent === undefined || !from.facts.has(fact.parent);
  const add = `add constraint ${noteOf(fact, 'name')} ${check}`;
  if (!validated) return [change(fact, `${add} not valid`)];
  return isNew || safe === 'plain' ? [change(fact, add)] : [change(fact, `${add} not valid`), validate(fact)];
}

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  if (before.check !== after.check || before.validated) return { how: 'replace' };
  return { how: 'in-place', steps: [validate(to)] };
}

function validate(fact: Fact): DefinitionStatement {
  return step(`alter domain ${noteOf(fact, 'domain')} validate constraint ${noteOf(fact, 'name')}`, {
    class: 'scan',
    segment: 'start',
    repeatable: true,
    note: noCopyNote('the tables that use it are read while nobody can write to them', fact),
  });
}

function change(fact: Fact, sql: string): DefinitionStatement {
  return step(`alter domain ${noteOf(fact, 'domain')} ${sql}`);
}

const query = `
select 'pg_constraint/' || k.oid || '/0' as "address", 'pg_type/' || t.oid || '/0' as "of", k.conname as "name",
  format('%I.%I', n.nspname, t.typname) as "domain",
  regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') as "check", k.convalidated as "validated"
from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
where k.contype = 'c' and ${isOwnSchema('n.nspname')}`;
