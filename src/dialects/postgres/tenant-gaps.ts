import { displayName } from '../../catalog/model/object-name.ts';
import type { RawObject } from '../../catalog/model/raw-object.ts';
import { withoutColumn, type TenantGap, type TenantTable } from '../../dialect/tenant-tables.ts';
import type { Connection } from '../../driver/connection.ts';
import { arrayText } from './array-text.ts';
import { postgresText, qualified } from './text.ts';

/** A policy as the server reports it. */
interface FoundPolicy {
  readonly name: string;
  /** For every command, for everybody, and adding to what others let through. */
  readonly general: boolean;
  /** It lets the account of the connection through to rows. */
  readonly opens: boolean;
  readonly using: string | null;
  readonly check: string | null;
}

interface FoundTable {
  readonly hasColumn: boolean;
  readonly isOn: boolean;
  readonly isForced: boolean;
  readonly policies: readonly FoundPolicy[];
}

/** The column, the switch and the policies of each table. Whoever may connect may ask. */
export async function postgresTenantGaps(
  connection: Connection,
  tables: readonly TenantTable[],
): Promise<readonly TenantGap[]> {
  const values = [arrayText(tables.map(qualified)), arrayText(tables.map(({ column }) => column))];
  const { rows } = await connection.run({ sql: question }, values);
  const found = new Map(rows.map(([place, facts]) => [Number(place), JSON.parse(String(facts)) as FoundTable]));
  return tables.flatMap((table, index) => {
    const facts = found.get(index + 1);
    return facts === undefined ? [] : gapsOf(table, facts);
  });
}

/**
 * A view under the old name of a table reads as whoever asks it: the fence is the table's. A superuser is held by no policy,
 * so none of those for single roles opens anything to him.
 */
const question = `select wanted.place::text, json_build_object(
    'hasColumn', exists (select from pg_attribute a
      where a.attrelid = c.oid and a.attname = wanted.tenant and a.attnum > 0 and not a.attisdropped),
    'isOn', c.relrowsecurity, 'isForced', c.relforcerowsecurity,
    'policies', (select coalesce(json_agg(json_build_object(
      'name', p.polname,
      'general', p.polpermissive and p.polcmd = '*' and p.polroles = '{0}',
      'opens', p.polpermissive and (0 = any (p.polroles) or exists (select from unnest(p.polroles) as role, pg_roles own
        where own.rolname = current_user and not own.rolsuper and pg_has_role(role, 'usage'))),
      'using', pg_get_expr(p.polqual, p.polrelid),
      'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname), '[]') from pg_policy p where p.polrelid = c.oid))::text
  from unnest($1::text[], $2::text[]) with ordinality as wanted (name, tenant, place)
  join pg_class c on c.oid = to_regclass(wanted.name) and c.relkind in ('r', 'p')`;

function gapsOf(table: TenantTable, found: FoundTable): readonly TenantGap[] {
  if (!found.hasColumn) return [withoutColumn(table, displayName(table))];
  return [
    ...table.fences.flatMap((fence) =>
      fence.type === 'policy' ? policyGaps(table, fence, found.policies) : switchGaps(table, fence, found),
    ),
    ...widerPolicies(table, found.policies),
  ];
}

function policyGaps(table: TenantTable, fence: RawObject, policies: readonly FoundPolicy[]): readonly TenantGap[] {
  const found = policies.find(({ name }) => name === fence.name);
  const label = displayName(table);
  if (found === undefined) {
    return [{ table, says: `table ${label} has no policy ${fence.name}`, repairs: [createText(fence)] }];
  }
  if (isMadeBy(fence, found)) return [];
  const says = `policy ${fence.name} of table ${label} is not the one that its column makes`;
  return [{ table, says, repairs: [dropText(table, fence.name), createText(fence)] }];
}

function switchGaps(table: TenantTable, fence: RawObject, { isOn, isForced }: FoundTable): readonly TenantGap[] {
  if (isOn && isForced) return [];
  const state = isOn ? 'does not hold its owner' : 'is switched off';
  const says = `row-level security of table ${displayName(table)} ${state}`;
  return [{ table, says, repairs: [createText(fence)] }];
}

/** A row is let through as soon as one policy does, whatever the others say. */
function widerPolicies(table: TenantTable, policies: readonly FoundPolicy[]): readonly TenantGap[] {
  return policies
    .filter(({ name, opens }) => opens && !table.policies.includes(name))
    .map(({ name }) => ({
      table,
      says: `policy ${name} of table ${displayName(table)} lets rows through that the schema does not`,
      repairs: [dropText(table, name)],
    }));
}

function dropText(table: TenantTable, policy: string): string {
  return `drop policy ${postgresText.name(policy)} on ${qualified(table)}`;
}

function createText({ create }: RawObject): string {
  return create['postgresql'] ?? '';
}

/** The server prints the condition in its own way, which says the same in more words. */
function isMadeBy(policy: RawObject, { general, using, check }: FoundPolicy): boolean {
  const [, condition = ''] = createText(policy).split(/ using (.*)/s);
  return general && check === null && using !== null && bare(using) === bare(condition);
}

/** Without what the server adds to a condition when it prints it: brackets, quotes, names of results, casts to text. */
function bare(condition: string): string {
  return condition
    .toLowerCase()
    .replaceAll(/ as "?\w+"?/g, '')
    .replaceAll(/::(?:text|bpchar)\b/g, '')
    .replaceAll(/[\s()"]/g, '');
}
