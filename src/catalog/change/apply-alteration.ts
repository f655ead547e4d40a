import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Alteration } from './alteration.ts';

export function applyAlteration(change: Alteration, _catalog: Catalog): Catalog {
  throw new RowhouseError('CHANGE_UNSUPPORTED', change.kind);
}
