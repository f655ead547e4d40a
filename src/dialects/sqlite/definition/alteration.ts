import type { Alteration } from '../../../catalog/change/alteration.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';

export function compileAlteration(change: Alteration): readonly DefinitionStatement[] {
  throw new RowhouseError('CHANGE_UNSUPPORTED', change.kind);
}
