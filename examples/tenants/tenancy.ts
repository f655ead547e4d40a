import type { Tenancy } from 'rowhouse';
import { companies } from './schema.ts';

/** All tenants in the same tables. The project file and the service say the same, so it is written once. */
export const tenancy: Tenancy = { by: 'row', shared: [companies] };
