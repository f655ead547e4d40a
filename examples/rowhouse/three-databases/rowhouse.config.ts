import { defineProject } from 'rowhouse';
import { auth } from '../services/auth/service.ts';
import { gateway } from '../services/gateway/service.ts';
import { user } from '../services/user/service.ts';

/** Each service has a database of its own: `AUTH_DATABASE_URL`, `USER_DATABASE_URL`, `GATEWAY_DATABASE_URL`. */
export default defineProject({
  name: 'rowhouse-example',
  topology: 'database-per-service',
  services: { auth, user, gateway },
});
