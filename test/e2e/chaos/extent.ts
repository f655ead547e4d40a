const isLong = process.env['ROWHOUSE_CHAOS'] === 'long';

/** How often a process is killed: 200 times in `npm run chaos`. */
export const kills = isLong ? 200 : 20;

/** How long a server is restarted again and again: a minute in `npm run chaos`. */
export const restartingMs = isLong ? 60_000 : 10_000;
