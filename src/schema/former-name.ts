import { parseName } from '../catalog/diff/rename-hint.ts';
import type { Rename } from '../catalog/diff/rename.ts';
import type { ObjectName } from '../catalog/model/object-name.ts';

type Renamed = 'table' | 'view' | 'sequence' | 'enum';

/**
 * What `renamedFrom` says: `client` is another name in the same namespace, `billing.client` one in the namespace
 * `billing`, `.client` one in the default namespace.
 */
export function renameFrom(of: Renamed, former: string, { namespace, name }: ObjectName): Rename {
  const now = namespace === undefined ? { name } : { namespace, name };
  const old = former.includes('.') ? parseName(former) : { ...now, name: former };
  if (old.namespace !== namespace) return { kind: 'move-object', of, object: old, to: now };
  switch (of) {
    case 'table':
      return { kind: 'rename-table', table: old, to: name };
    case 'view':
      return { kind: 'rename-view', view: old, to: name };
    case 'sequence':
      return { kind: 'rename-sequence', sequence: old, to: name };
    case 'enum':
      return { kind: 'rename-enum', enum: old, to: name };
  }
}
