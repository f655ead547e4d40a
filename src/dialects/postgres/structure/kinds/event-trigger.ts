import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import { firingWords } from '../firing.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row extends Attributes {
  readonly address: string;
  readonly name: string;
  /** The definition with the tags in the order in which they were given, which means nothing. */
  readonly said: string;
}

interface Attributes {
  readonly definition: string;
  /** `O`, `D`, `R` or `A`: ordinary, disabled, on replicas, always. */
  readonly fires: string;
}

/** Event triggers. They are made last and dropped first, so that they do not meet the plan's own statements. */
export const eventTriggers: Kind = {
  kind: 'event trigger',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name, definition, said, fires }) => ({
      kind: 'event trigger',
      id: idOf('event trigger', name),
      attributes: { definition, fires },
      requires: [],
      notes: { name: quoted(name), said },
      addresses: [address],
    }));
  },
  rules: {
    create,
    drop: (fact) => [step(`drop event trigger ${noteOf(fact, 'name')}`)],
    alter,
    rank: 3000,
    dropRank: -4000,
  },
};

function create(fact: Fact): readonly DefinitionStatement[] {
  const { fires } = attributesOf<Attributes>(fact);
  return [
    step(`create event trigger ${noteOf(fact, 'name')} ${noteOf(fact, 'said')}`),
    ...(fires === 'O' ? [] : [switchTo(fact)]),
  ];
}

function alter(from: Fact, to: Fact): Alteration {
  const isSame = attributesOf<Attributes>(from).definition === attributesOf<Attributes>(to).definition;
  return isSame ? { how: 'in-place', steps: [switchTo(to)] } : { how: 'replace' };
}

function switchTo(fact: Fact): DefinitionStatement {
  return step(`alter event trigger ${noteOf(fact, 'name')} ${firingWords(attributesOf<Attributes>(fact).fires)}`);
}

const definition = (order: string): string => `
  format('on %s%s execute function %s()', e.evtevent,
    (select ' when tag in (' || string_agg(quote_literal(tag), ', ' order by ${order}) || ')'
      from unnest(e.evttags) with ordinality as t (tag, place)),
    e.evtfoid::regproc)`;

const query = `
select 'pg_event_trigger/' || e.oid || '/0' as "address", e.evtname as "name", e.evtenabled as "fires",
  ${definition('tag')} as "definition", ${definition('place')} as "said"
from pg_event_trigger e where ${notOfExtension('pg_event_trigger', 'e.oid')}`;
