import { defineProject } from 'rowhouse';
import { auth } from '../services/auth/service.ts';
import { gateway } from '../services/gateway/service.ts';
import { user } from '../services/user/service.ts';

/** One database, `DATABASE_URL`, and an account for each service that sees its own tables only. */
export default defineProject({
  name: 'rowhouse-example',
  topology: 'shared',
  services: { auth, user, gateway },
});
