import pg from 'pg';

/** The same pool for everybody who takes one: one connection, since one call is made at a time. */
export function poolOf(place) {
  return new pg.Pool({ ...place, max: 1 });
}
