import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import { foreignOptionChanges, foreignOptions } from '../foreign-options.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted, quotedText } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Attributes {
  readonly type: string | null;
  readonly version: string | null;
  readonly wrapper: string;
  readonly options: readonly string[];
}

interface Row extends Attributes {
  readonly address: string;
  readonly name: string;
}

/** Foreign servers. */
export const foreignServers: Kind = {
  kind: 'server',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name, type, version, wrapper, options }) => ({
      kind: 'server',
      id: idOf('server', name),
      attributes: { type, version, wrapper, options },
      requires: [],
      notes: { name: quoted(name) },
      addresses: [address],
    }));
  },
  rules: {
    create(fact) {
      const { type, version, wrapper, options } = attributesOf<Attributes>(fact);
      const words = [
        `create server ${noteOf(fact, 'name')}`,
        ...(type === null ? [] : [`type ${quotedText(type)}`]),
        ...(version === null ? [] : [`version ${quotedText(version)}`]),
        `foreign data wrapper ${quoted(wrapper)}`,
      ];
      return [step(words.join(' ') + foreignOptions(options))];
    },
    drop: (fact) => [step(`drop server ${noteOf(fact, 'name')}`)],
    alter,
  },
};

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  if (before.type !== after.type || before.wrapper !== after.wrapper) return { how: 'replace' };
  const actions = [
    ...(before.version === after.version
      ? []
      : [`version ${after.version === null ? 'null' : quotedText(after.version)}`]),
    ...foreignOptionChanges(before.options, after.options),
  ];
  return { how: 'in-place', steps: [step(`alter server ${noteOf(to, 'name')} ${actions.join(' ')}`)] };
}

const query = `
select 'pg_foreign_server/' || s.oid || '/0' as "address", s.srvname as "name", s.srvtype as "type",
  s.srvversion as "version", w.fdwname as "wrapper",
  coalesce(s.srvoptions, '{}') as "options"
from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
where ${notOfExtension('pg_foreign_server', 's.oid')}`;
