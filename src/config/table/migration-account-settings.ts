import type { Setting } from '../setting.ts';
import { text } from '../value-kind.ts';

/** Who changes definitions. Only the commands that migrate read these; a service never does. */
export const migrationAccountSettings: {
  readonly user: Setting<string>;
  readonly password: Setting<string>;
} = {
  user: {
    name: 'migration user',
    variables: ['MIGRATION_DB_USER'],
    kind: text,
    about: "the account of migrations on the service's own server and database; the service's when nobody says",
  },
  password: {
    name: 'migration password',
    variables: ['MIGRATION_DB_PASSWORD', 'MIGRATION_DB_PASS'],
    kind: text,
    secret: true,
    about: 'has no default',
  },
};
