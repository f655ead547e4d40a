import type { StructureFlavor } from '../../mysql/structure/program-rules.ts';

/** MariaDB has `create or replace` for everything that has a body. */
export const mariadbStructureFlavor: StructureFlavor = { replacesPrograms: true };
