import type { Catalog } from '../catalog/model/catalog.ts';
import type { ColumnType } from '../catalog/model/column-type.ts';
import type { Codec } from './codec.ts';

/** What an engine knows of types. */
export interface TypeSystem {
  /** Why a column of this type cannot exist here; undefined when it can. */
  unsupported(type: ColumnType): string | undefined;
  /**
   * The type as the inspector will report it for a column created with `type`: itself where the engine tells the
   * difference, the nearest it can tell otherwise. `canonical(canonical(t))` is `canonical(t)`.
   */
  canonical(type: ColumnType): ColumnType;
  /** A type of ours that holds every value of this native type and reads its cells. Absent: the engine knows of none. */
  portable?(type: Extract<ColumnType, { kind: 'native' }>): ColumnType | undefined;
  /** The codec of a column type. Enums are looked up in the catalog to check values before they are sent. */
  codec(type: ColumnType, catalog: Catalog): Codec;
}
