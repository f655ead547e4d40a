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
  /** The codec of a column type. Enums are looked up in the catalog to check values before they are sent. */
  codec(type: ColumnType, catalog: Catalog): Codec;
}
