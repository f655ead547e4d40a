import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Alteration } from './alteration.ts';

export function invertAlteration(change: Alteration, _before: Catalog): Alteration {
  throw new RowhouseError('CHANGE_UNSUPPORTED', change.kind);
}
