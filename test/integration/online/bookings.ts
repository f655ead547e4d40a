import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { rawDefinition } from '../../../src/schema/raw-object.ts';
import { exclusion } from '../../../src/schema/managed/exclusion.ts';
import { sql } from '../../../src/sql/sql.ts';
import { revision } from '../migration/history.ts';

const room: Table = {
  name: 'room',
  columns: [{ name: 'id', type: { kind: 'integer' }, nullable: false }],
  primaryKey: { columns: ['id'] },
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
};

/** A table with a numbered key, a foreign key, a unique key, a check and an index. */
const booking: Table = {
  ...room,
  name: 'booking',
  columns: [
    { name: 'id', type: { kind: 'bigint' }, nullable: false, identity: { generation: 'by-default' } },
    { name: 'room', type: { kind: 'integer' }, nullable: false },
    { name: 'day', type: { kind: 'integer' }, nullable: false },
    { name: 'code', type: { kind: 'text' }, nullable: false },
    { name: 'note', type: { kind: 'text' }, nullable: true },
  ],
  uniques: [{ name: 'booking_code_key', columns: ['code'] }],
  foreignKeys: [
    {
      name: 'booking_room_fkey',
      columns: ['room'],
      references: { name: 'room', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'no-action',
    },
  ],
  checks: [{ name: 'booking_day_check', expression: textExpression('day >= 0') }],
  indexes: [{ name: 'booking_note_idx', unique: false, keys: [{ column: 'note' }] }],
};

/** What the server can only do while writers wait. */
export const bookingChanges: Readonly<Record<string, Change>> = {
  'an exclusion constraint': {
    kind: 'create-raw',
    object: exclusion('booking_once', 'booking', sql`using gist (int4range(day, day + 1) with &&)`)[rawDefinition],
  },
  'a stored computed column': {
    kind: 'add-column',
    table: { name: 'booking' },
    column: {
      name: 'loud',
      type: { kind: 'text' },
      nullable: true,
      generated: { expression: textExpression('upper(code)'), stored: true },
    },
  },
};

/** `r1` makes the tables, `r2` the change. */
export function bookingHistory(title: string): readonly LoadedRevision[] {
  const up = bookingChanges[title];
  if (up === undefined) throw new Error(`there is no change ${title}`);
  return bookingHistoryOf(up);
}

export function bookingHistoryOf(up: Change): readonly LoadedRevision[] {
  const tables: readonly Change[] = [
    { kind: 'create-table', table: room },
    { kind: 'create-table', table: booking },
  ];
  return [revision('r1', [], tables), revision('r2', ['r1'], [up])];
}

/** Everything that can hang on a table. */
export const hangings = `comment on table booking is 'who comes'; comment on column booking.note is 'said';
comment on constraint booking_code_key on booking is 'one'; comment on index booking_note_idx is 'by note';
grant select, insert (note) on booking to public; alter table booking enable row level security;
create policy everybody on booking using (true) with check (true); alter table booking alter column note set statistics 300;
create statistics note_and_room on note, room from booking;
create function note_it() returns trigger language plpgsql as 'begin return new; end';
create trigger notes before update on booking for each row execute function note_it(); alter table booking disable trigger notes;
create trigger also_notes after update on booking for each row execute function note_it();
create view noted as select id, note from booking; comment on view noted is 'seen'; grant select on noted to public;`;

/** Bookings by number, each on a day of its own. */
export function bookings(count: number): string {
  return `insert into room select generate_series(0, 9);
insert into booking (room, day, code, note) select i % 10, i, 'c' || i, 'n' || i from generate_series(1, ${count}) i`;
}
