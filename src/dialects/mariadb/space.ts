import type { SpaceProbe } from '../../dialect/space.ts';
import { familySpace } from '../mysql/space.ts';

/** A session over a socket has no port beside its host. */
export const mariadbSpace: SpaceProbe = familySpace({
  directory: `select case when host = 'localhost' then @@datadir end
    from information_schema.processlist where id = connection_id()`,
});
