import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import { foreignOptionChanges, foreignOptions } from '../foreign-options.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Attributes {
  readonly handler: string | null;
  readonly validator: string | null;
  readonly options: readonly string[];
}

interface Row extends Attributes {
  readonly address: string;
  readonly name: string;
}

/** Foreign data wrappers. */
export const foreignDataWrappers: Kind = {
  kind: 'foreign data wrapper',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name, handler, validator, options }) => ({
      kind: 'foreign data wrapper',
      id: idOf('foreign data wrapper', name),
      attributes: { handler, validator, options },
      requires: [],
      notes: { name: quoted(name) },
      addresses: [address],
    }));
  },
  rules: {
    create(fact) {
      const { handler, validator, options } = attributesOf<Attributes>(fact);
      const routines = [...routine('handler', handler), ...routine('validator', validator)];
      const words = ['create foreign data wrapper', noteOf(fact, 'name'), ...routines].join(' ');
      return [step(words + foreignOptions(options))];
    },
    drop: (fact) => [step(`drop foreign data wrapper ${noteOf(fact, 'name')}`)],
    alter,
  },
};

function routine(word: string, name: string | null): readonly string[] {
  return name === null ? [] : [`${word} ${name}`];
}

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  const changed = (['handler', 'validator'] as const).filter((word) => before[word] !== after[word]);
  const actions = [
    ...changed.map((word) => (after[word] === null ? `no ${word}` : `${word} ${after[word]}`)),
    ...foreignOptionChanges(before.options, after.options),
  ];
  return { how: 'in-place', steps: [step(`alter foreign data wrapper ${noteOf(to, 'name')} ${actions.join(' ')}`)] };
}

const query = `
select 'pg_foreign_data_wrapper/' || w.oid || '/0' as "address", w.fdwname as "name",
  nullif(w.fdwhandler, 0)::regproc::text as "handler", nullif(w.fdwvalidator, 0)::regproc::text as "validator",
  coalesce(w.fdwoptions, '{}') as "options"
from pg_foreign_data_wrapper w where ${notOfExtension('pg_foreign_data_wrapper', 'w.oid')}`;
