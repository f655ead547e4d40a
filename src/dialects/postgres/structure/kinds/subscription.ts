import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { refused } from '../../../../dialect/structure/compare.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import type { Connection } from '../../../../driver/connection.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted, quotedText } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Attributes {
  readonly connection: string;
  /** A few digits of the digest of a connection with a password; such a connection is shown nowhere. */
  readonly secrets: string | null;
  readonly publications: readonly string[];
  readonly enabled: boolean;
  readonly slot: string | null;
  readonly twoPhase: boolean;
  readonly options: Readonly<Record<string, string>>;
}

interface Row extends Attributes {
  readonly address: string;
  readonly name: string;
}

/** What the database takes from others. A plan never asks the other server: its slot is made and dropped there, by hand. */
export const subscriptions: Kind = {
  kind: 'subscription',
  async read(connection) {
    if (!(await mayReadSubscriptions(connection))) return [];
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name, ...attributes }) => ({
      kind: 'subscription',
      id: idOf('subscription', name),
      attributes: { ...attributes },
      requires: [],
      notes: { name: quoted(name) },
      addresses: [address],
    }));
  },
  rules: { create, drop, alter, rank: 40 },
};

/** How to connect is for superusers to read. */
export async function mayReadSubscriptions(connection: Connection): Promise<boolean> {
  const sql = `select has_column_privilege('pg_subscription', 'subconninfo', 'select')::text`;
  return (await connection.run({ sql }, [])).rows[0]?.[0] === 'true';
}

function create(fact: Fact): readonly DefinitionStatement[] {
  const { connection, secrets, publications, enabled, slot, twoPhase, options } = attributesOf<Attributes>(fact);
  if (secrets !== null) throw refused(fact.id, 'its password is not written into a plan: make it by hand');
  const all = { connect: 'false', slot_name: slotName(slot), two_phase: String(twoPhase), ...options };
  const words = `connection ${quotedText(connection)} publication ${namesOf(publications)} with (${optionsOf(all)})`;
  const note = `takes nothing until ${slot === null ? 'it has a slot' : `the slot ${slot} is there`} on the other server and it is refreshed`;
  return [
    step(`create subscription ${noteOf(fact, 'name')} ${words}`, { note }),
    ...(enabled ? [change(fact, 'enable')] : []),
  ];
}

/** Without a slot of its own the server drops it at once and asks nobody. */
function drop(fact: Fact): readonly DefinitionStatement[] {
  const { enabled, slot } = attributesOf<Attributes>(fact);
  const note = slot === null ? {} : { note: `the slot ${slot} stays on the other server: drop it there` };
  return [
    ...(enabled ? [change(fact, 'disable')] : []),
    ...(slot === null ? [] : [change(fact, 'set (slot_name = none)')]),
    step(`drop subscription ${noteOf(fact, 'name')}`, note),
  ];
}

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  if (before.secrets !== after.secrets) {
    return { how: 'refuse', reason: 'its password differs and is not written into a plan: set it by hand' };
  }
  if (before.twoPhase !== after.twoPhase) return { how: 'replace' };
  const changed = Object.entries(after.options).filter(([name, value]) => before.options[name] !== value);
  const options = {
    ...(before.slot === after.slot ? {} : { slot_name: slotName(after.slot) }),
    ...Object.fromEntries(changed),
  };
  const isSettled = before.publications.join() === after.publications.join();
  return {
    how: 'in-place',
    steps: [
      ...(before.enabled && !after.enabled ? [change(to, 'disable')] : []),
      ...(before.connection === after.connection ? [] : [change(to, `connection ${quotedText(after.connection)}`)]),
      ...(isSettled ? [] : [change(to, `set publication ${namesOf(after.publications)} with (refresh = false)`)]),
      ...(Object.keys(options).length === 0 ? [] : [change(to, `set (${optionsOf(options)})`)]),
      ...(after.enabled && !before.enabled ? [change(to, 'enable')] : []),
    ],
  };
}

function change(fact: Fact, action: string): DefinitionStatement {
  return step(`alter subscription ${noteOf(fact, 'name')} ${action}`);
}

function slotName(slot: string | null): string {
  return slot === null ? 'none' : quotedText(slot);
}

function namesOf(publications: readonly string[]): string {
  return publications.map((name) => quoted(name)).join(', ');
}

function optionsOf(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

/** Which options there are depends on the version, so they are read as JSON. */
const option = (name: string, value: string): string =>
  `case when to_jsonb(s) ? '${value}' then jsonb_build_object('${name}', quote_literal(to_jsonb(s) ->> '${value}')) else '{}' end`;

const query = `
select 'pg_subscription/' || s.oid || '/0' as "address", s.subname as "name",
  case when s.subconninfo ~* 'password' then '' else s.subconninfo end as "connection",
  case when s.subconninfo ~* 'password' then left(md5(s.subconninfo), 8) end as "secrets",
  s.subpublications as "publications",
  s.subenabled as "enabled", s.subslotname as "slot",
  coalesce(to_jsonb(s) ->> 'subtwophasestate', 'd') <> 'd' as "twoPhase",
  ${option('binary', 'subbinary')} || ${option('synchronous_commit', 'subsynccommit')}
  || ${option('disable_on_error', 'subdisableonerr')} || ${option('origin', 'suborigin')}
  || ${option('password_required', 'subpasswordrequired')} || ${option('run_as_owner', 'subrunasowner')}
  || ${option('failover', 'subfailover')}
  || jsonb_build_object('streaming', case to_jsonb(s) ->> 'substream' when 't' then 'on' when 'true' then 'on' when 'p' then 'parallel' else 'off' end) as "options"
from pg_subscription s where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())`;
