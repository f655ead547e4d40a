import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
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
}

/** Rewrite rules, the one that makes a view aside. */
export const rules: Kind = {
  kind: 'rule',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, of, name, on, definition, fires }) => ({
      kind: 'rule',
      id: quoted(name),
      of,
      attributes: { definition, fires },
      requires: [],
      notes: { name: quoted(name), on },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [
      step(attributesOf<Attributes>(fact).definition),
      ...(attributesOf<Attributes>(fact).fires === 'O' ? [] : [switchTo(fact)]),
    ],
    drop: (fact) => [step(`drop rule ${noteOf(fact, 'name')} on ${noteOf(fact, 'on')}`)],
    alter(from, to) {
      const { definition } = attributesOf<Attributes>(to);
      if (attributesOf<Attributes>(from).definition === definition) return { how: 'in-place', steps: [switchTo(to)] };
      return {
        how: 'in-place',
        steps: [step(definition.replace(/^create rule/i, 'create or replace rule')), switchTo(to)],
      };
    },
    rank: 20,
  },
};

function switchTo(fact: Fact): DefinitionStatement {
  return firing('rule', noteOf(fact, 'on'), noteOf(fact, 'name'), attributesOf<Attributes>(fact).fires);
}

const query = `
select 'pg_rewrite/' || r.oid || '/0' as "address", 'pg_class/' || c.oid || '/0' as "of", r.rulename as "name",
  format('%I.%I', n.nspname, c.relname) as "on", rtrim(pg_get_ruledef(r.oid), ';') as "definition", r.ev_enabled as "fires"
from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and ${isOwnSchema('n.nspname')}`;
