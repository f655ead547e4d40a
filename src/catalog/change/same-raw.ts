import { sameName, type ObjectName } from '../model/object-name.ts';

interface RawIdentity extends ObjectName {
  readonly type: string;
  readonly table?: string;
}

/** Functions may share a name and triggers may share it across tables, so type and table are part of the identity. */
export function sameRaw(a: RawIdentity, b: RawIdentity): boolean {
  return a.type === b.type && a.table === b.table && sameName(a, b);
}
