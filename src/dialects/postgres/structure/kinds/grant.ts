import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { idOf, quoted } from '../names.ts';
import { objectWords } from '../object-words.ts';
import { changePrivileges, granteesIn, hasPrivilege, privilegesIn, type Privileges } from '../privileges.ts';
import { attributesOf } from '../read-fact.ts';

interface Row {
  /** The object; for a column, its relation. */
  readonly of: string;
  /** Set apart what belongs to one extension. */
  readonly member: string | null;
  readonly column: string | null;
  readonly grantee: string;
  readonly on: string;
  readonly role: string;
  readonly privileges: Privileges;
  readonly usual: Privileges;
  readonly possible: Privileges;
  readonly schema: string | null;
  readonly name: string;
}

interface Attributes {
  readonly privileges: Privileges;
  /** What is granted on single columns. Taking something from the table takes it from them, too. */
  readonly columns: Readonly<Record<string, Privileges>>;
}

interface Notes {
  readonly on: string;
  readonly role: string;
  /** What the role has without any grant. */
  readonly usual: Privileges;
  /** Whatever can be granted on the object. */
  readonly possible: Privileges;
}

/**
 * What a role may do with an object and its columns, where that is not what it may do anyway. PUBLIC may call every new
 * function; that it may not is a fact, too, and so is what an owner took from itself.
 */
export const grants: Kind = {
  kind: 'grant',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    const columns = Map.groupBy(
      rows.filter(({ column }) => column !== null),
      keyOf,
    );
    return rows.filter(({ column }) => column === null).map((row) => toFact(row, columns.get(keyOf(row)) ?? []));
  },
  rules: {
    create,
    drop: (fact) => change(fact, attributesOf<Attributes>(fact), { privileges: notesOf(fact).usual, columns: {} }),
    alter: (from, to) => ({
      how: 'in-place',
      steps: change(to, attributesOf<Attributes>(from), attributesOf<Attributes>(to)),
    }),
    rank: 60,
    // before the role whose grants they are owns the object, and while the one that owned it does
    dropRank: -3500,
  },
};

function keyOf({ of, grantee }: Row): string {
  return `${of} ${grantee}`;
}

function toFact(row: Row, columns: readonly Row[]): ReadFact {
  const { of, member, grantee, privileges, on, role, usual, possible, schema, name } = row;
  const named = columns.flatMap(({ column, privileges: some }) => (column === null ? [] : [[column, some] as const]));
  return {
    kind: 'grant',
    id: [...(member === null ? [] : [member]), 'to', grantee].join(' '),
    of,
    attributes: { privileges, columns: Object.fromEntries(named) },
    requires: schema === null ? [] : named.map(([column]) => idOf('column', schema, name, column)),
    notes: { on, role, usual, possible },
    addresses: [],
  };
}

/** A new object begins with more than usual where default privileges say so; all that is not wanted is then revoked. */
function create(fact: Fact, { from, to }: PlanContext): readonly DefinitionStatement[] {
  const { usual, possible } = notesOf(fact);
  const wanted = attributesOf<Attributes>(fact);
  const isUsual = ![from, to].some(({ facts }) => [...facts.values()].some(({ kind }) => kind === 'default privilege'));
  const before = isUsual ? usual : possible.filter((name) => !wanted.privileges.includes(name));
  return change(fact, { privileges: before, columns: {} }, wanted);
}

function change(fact: Fact, from: Attributes, to: Attributes): readonly DefinitionStatement[] {
  const { on, role } = notesOf(fact);
  const lost = from.privileges.filter((name) => !hasPrivilege(to.privileges, name));
  const columns = [...new Set([...Object.keys(from.columns), ...Object.keys(to.columns)])];
  return [
    ...changePrivileges({ start: '', on, to: role }, from.privileges, to.privileges),
    ...columns.flatMap((column) => {
      const before = (from.columns[column] ?? []).filter((name) => !hasPrivilege(lost, name));
      return changePrivileges({ start: '', on, to: role, column: quoted(column) }, before, to.columns[column] ?? []);
    }),
  ];
}

function notesOf({ notes }: Fact): Notes {
  return notes as unknown as Notes;
}

const own = (catalog: string, owner: string, acl: string, code: string, where = 'true'): string =>
  `select '${catalog}'::regclass, o.oid, 0, o.${owner}, o.${acl}, ${code} from ${catalog} o where ${where}`;

const columnGrantees = `select x.grantee from pg_attribute a, aclexplode(a.attacl) x
      where u.catalog = 'pg_class'::regclass and u.part = 0 and a.attrelid = u.id and not a.attisdropped`;

/** Default privileges name kinds by letters that stand for something else in access lists where they are small or great. */
const sameKind = `lower(d.defaclobjtype::text) = lower(u.code) and u.code not in ('F', 'S')`;

/** Those whom default privileges name, and those who would have something without them: it may have been taken from them. */
const defaultGrantees = `lateral (select grantee from aclexplode(d.defaclacl)
      union select grantee from aclexplode(acldefault(u.code::"char", d.defaclrole)) where d.defaclnamespace = 0)`;

/**
 * Default privileges say what roles get on new objects, so for the roles they name every object of their kind states
 * what they have.
 */
const query = `
with object (catalog, id, part, owner, acl, code) as (
  ${[
    own(
      'pg_class',
      'relowner',
      'relacl',
      `case o.relkind when 'S' then 's' else 'r' end`,
      `o.relkind in ('r', 'p', 'v', 'm', 'f', 'S')`,
    ),
    `select 'pg_class'::regclass, a.attrelid, a.attnum, c.relowner, a.attacl, 'c'
    from pg_attribute a join pg_class c on c.oid = a.attrelid where a.attacl is not null and not a.attisdropped`,
    own('pg_namespace', 'nspowner', 'nspacl', `'n'`),
    own('pg_proc', 'proowner', 'proacl', `'f'`),
    own('pg_language', 'lanowner', 'lanacl', `'l'`),
    own('pg_foreign_data_wrapper', 'fdwowner', 'fdwacl', `'F'`),
    own('pg_foreign_server', 'srvowner', 'srvacl', `'S'`),
    own(
      'pg_type',
      'typowner',
      'typacl',
      `'T'`,
      `o.typtype in ('e', 'd', 'r', 'b') and o.typsubscript <> 'array_subscript_handler'::regproc
      or o.typtype = 'c' and exists (select from pg_class c where c.oid = o.typrelid and c.relkind = 'c')`,
    ),
  ].join('\n  union all ')}
), usual as (
  select o.*, coalesce((select p.initprivs from pg_init_privs p
      where p.classoid = o.catalog and p.objoid = o.id and p.objsubid = o.part), acldefault(o.code::"char", o.owner)) as base
  from object o where o.id >= 16384 or o.catalog = 'pg_namespace'::regclass and o.id = to_regnamespace('public')
), named as (
  select u.*, g.grantee, exists (select from pg_default_acl d, ${defaultGrantees} x
      where x.grantee = g.grantee and ${sameKind})
      or exists (${columnGrantees} and x.grantee = g.grantee) as stated
  from usual u cross join lateral (
    ${granteesIn('coalesce(u.acl, u.base)', 'u.base')}
    union select x.grantee from pg_default_acl d, ${defaultGrantees} x
      where ${sameKind}
    union ${columnGrantees}) g
), compared as (
  select n.*, ${privilegesIn('coalesce(n.acl, n.base)', 'n.grantee')} as privileges, ${privilegesIn('n.base', 'n.grantee')} as usual
  from named n
)
select format('%s/%s/0', c.catalog, c.id) as "of", r.nspname as "schema", coalesce(r.relname, i.identity) as "name",
  case when m.yes then i.identity end as "member",
  case c.grantee when 0 then 'public' when c.owner then 'owner' else 'role ' || quote_ident(pg_get_userbyid(c.grantee)) end as "grantee",
  case c.grantee when 0 then 'public' when current_user::regrole then 'current_user' else quote_ident(pg_get_userbyid(c.grantee)) end as "role",
  c.privileges as "privileges", c.usual as "usual",
  (select a.attname from pg_attribute a where c.part <> 0 and a.attrelid = c.id and a.attnum = c.part) as "column",
  case when i.type in ('view', 'materialized view', 'foreign table') then 'table ' || i.identity
    when i.type = 'server' then 'foreign server ' || i.identity
    when i.type = 'aggregate' then 'function ' || i.identity else ${objectWords('i')} end as "on",
  case c.code when 'c' then array['INSERT', 'REFERENCES', 'SELECT', 'UPDATE']
    else array(select x.privilege_type from aclexplode(acldefault(c.code::"char", c.owner)) x where x.grantee = c.owner order by 1) end as "possible"
from compared c cross join lateral pg_identify_object(c.catalog, c.id, 0) i
left join lateral (select n.nspname, o.relname from pg_class o join pg_namespace n on n.oid = o.relnamespace
  where c.catalog = 'pg_class'::regclass and o.oid = c.id) r on true
cross join lateral (select exists (select from pg_depend member
  where member.classid = c.catalog and member.objid = c.id and member.deptype = 'e') as yes) m
where c.privileges <> c.usual or c.stated and c.part = 0 and not m.yes`;
