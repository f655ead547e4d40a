export const tenants = 50;
export const notes = 10_000;
export const role = { user: 'bench_service', password: 'bench_service' };

const perTenant = `using (tenant_id = current_setting('rowhouse.tenant', true))`;

/** A table of notes of many tenants behind a row policy, and a role that is held by it. */
export const statements = [
  `create role ${role.user} login password '${role.password}'`,
  'create table note (id integer primary key, tenant_id text not null, title text not null, body text not null)',
  'create table memo (like note including all)',
  `insert into note select n, 'tenant-' || (n % ${tenants}), 'Note ' || n, repeat('x', 40) from generate_series(1, ${notes}) n`,
  'insert into memo select * from note',
  'alter table note enable row level security',
  `create policy note_tenant on note ${perTenant}`,
  `grant select on note, memo to ${role.user}`,
  'analyze note',
  'analyze memo',
];

export function tenantOf(id) {
  return `tenant-${id % tenants}`;
}
