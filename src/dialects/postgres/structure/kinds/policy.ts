import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
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
  readonly permissive: boolean;
  readonly command: string;
  /** Quoted, in the order of their names. */
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

/** Row security policies. */
export const policies: Kind = {
  kind: 'policy',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, of, name, on, ...attributes }) => ({
      kind: 'policy',
      id: quoted(name),
      of,
      attributes: { ...attributes },
      requires: [],
      notes: { name: quoted(name), on },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [create(fact)],
    drop: (fact) => [step(`drop policy ${nameOf(fact)}`)],
    alter,
    rank: 20,
  },
};

function create(fact: Fact): DefinitionStatement {
  const { permissive, command } = attributesOf<Attributes>(fact);
  const how = permissive ? '' : ' as restrictive';
  return step(`create policy ${nameOf(fact)}${how} for ${command}${rulesOf(fact)}`);
}

/** A condition can be changed but not taken away, and what a policy is for stays as it is. */
function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  const loses = (name: 'using' | 'check'): boolean => before[name] !== null && after[name] === null;
  if (before.permissive !== after.permissive || before.command !== after.command || loses('using') || loses('check'))
    return { how: 'replace' };
  return { how: 'in-place', steps: [step(`alter policy ${nameOf(to)}${rulesOf(to)}`)] };
}

function rulesOf(fact: Fact): string {
  const { roles, using, check } = attributesOf<Attributes>(fact);
  return [
    ` to ${roles.join(', ')}`,
    using === null ? '' : ` using (${using})`,
    check === null ? '' : ` with check (${check})`,
  ].join('');
}

function nameOf(fact: Fact): string {
  return `${noteOf(fact, 'name')} on ${noteOf(fact, 'on')}`;
}

const query = `
select 'pg_policy/' || p.oid || '/0' as "address", 'pg_class/' || c.oid || '/0' as "of", p.polname as "name",
  format('%I.%I', n.nspname, c.relname) as "on", p.polpermissive as "permissive",
  case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end as "command",
  array(select case when role = 0 then 'public' else quote_ident(pg_get_userbyid(role)) end from unnest(p.polroles) role order by 1) as "roles",
  pg_get_expr(p.polqual, p.polrelid) as "using", pg_get_expr(p.polwithcheck, p.polrelid) as "check"
from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
where ${isOwnSchema('n.nspname')}`;
