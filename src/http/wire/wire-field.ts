import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { AnyColumn } from '../../schema/column/column-builder.ts';
import { wireType, type WireType } from './wire-type.ts';

/** One property of a resource: its form in JSON and who may do what with it. */
export interface WireField {
  /** The property's name, in JSON as in TypeScript. */
  readonly key: string;
  readonly type: ColumnType;
  readonly wire: WireType;
  readonly nullable: boolean;
  /** Responses show it. */
  readonly shown: boolean;
  /** A POST body may have it. */
  readonly insertable: boolean;
  /** A POST body must have it. */
  readonly required: boolean;
  /** A PATCH body may have it. */
  readonly updatable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly comment: string | undefined;
}

/** What a resource says about its fields. */
export interface FieldRights {
  readonly hidden: ReadonlySet<string>;
  readonly readOnly: ReadonlySet<string>;
  /** Absent: every shown field. */
  readonly filter: ReadonlySet<string> | undefined;
  readonly order: ReadonlySet<string> | undefined;
}

const unsortableKinds: ReadonlySet<string> = new Set(['json', 'array', 'vector', 'interval', 'bytes']);

/** The field of a column. The database's own columns and the tenant are never taken from a body. */
export function columnField(key: string, builder: AnyColumn, rights: FieldRights): WireField {
  const said = builder.definition;
  const shown = !rights.hidden.has(key);
  const kept = said.role !== undefined || said.generated !== undefined || said.identity !== undefined;
  const insertable = !kept && !rights.readOnly.has(key);
  const hasDefault =
    said.literalDefault !== undefined ||
    said.nowDefault === true ||
    said.expressionDefault !== undefined ||
    said.codeDefault !== undefined;
  return {
    key,
    type: said.type,
    wire: wireType(said.type, said.enumValues),
    nullable: said.nullable,
    shown,
    insertable,
    required: insertable && !said.nullable && !hasDefault,
    updatable: insertable && said.immutable !== true,
    filterable: shown && said.role !== 'tenant' && (rights.filter?.has(key) ?? true),
    sortable: shown && !unsortableKinds.has(said.type.kind) && (rights.order?.has(key) ?? true),
    comment: said.comment,
  };
}

/** A property that a service takes beside the columns: it goes in and never comes out. */
export function takenField(key: string, builder: AnyColumn): WireField {
  const nobody = new Set<string>();
  const field = columnField(key, builder, { hidden: nobody, readOnly: nobody, filter: nobody, order: nobody });
  return { ...field, shown: false };
}
