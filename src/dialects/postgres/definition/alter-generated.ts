import { displayName } from '../../../catalog/model/object-name.ts';
import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { plainly, rewriting } from '../online/step.ts';
import { capabilityMissing, postgresText } from '../text.ts';
import type { ColumnChange } from './alter-column.ts';
import { expressionText } from './expression.ts';
import type { DefinitionServer } from './server.ts';
import { alterTable } from './texts.ts';

/** A computed column becomes an ordinary one that keeps its values, or is computed in another way. */
export function alterGenerated(
  { table, from, to }: ColumnChange,
  server: DefinitionServer,
): readonly DefinitionStatement[] {
  const [old, next] = [from.generated, to.generated];
  if (canonicalJson(old ?? null) === canonicalJson(next ?? null)) return [];
  const alter = `${alterTable(table)} alter column ${postgresText.name(to.name)}`;
  if (old?.stored === true && next === undefined) return [plainly(`${alter} drop expression`)];
  const canSet = Number.parseInt(server.facts.version, 10) >= 17;
  if (old !== undefined && next?.stored === old.stored && canSet) {
    const note = old.stored ? rewriting(table) : {};
    return [plainly(`${alter} set expression as (${expressionText(next.expression)})`, note)];
  }
  throw capabilityMissing(
    `${displayName(table)}.${to.name}`,
    'how the column is computed cannot be changed where it stands',
    'drop the column and add it again',
  );
}
