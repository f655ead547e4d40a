import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { plainly } from '../online/step.ts';
import { postgresText, qualified } from '../text.ts';
import type { ColumnChange } from './alter-column.ts';
import { identityText } from './column.ts';
import { allNumberOptions } from './number-source.ts';
import { alterTable } from './texts.ts';

/** A column begins to be numbered, behind the highest number it has; or is numbered otherwise, or no more. */
export function alterIdentity({ table, from, to }: ColumnChange): readonly DefinitionStatement[] {
  const [old, next] = [from.identity, to.identity];
  if (canonicalJson(old ?? null) === canonicalJson(next ?? null)) return [];
  const column = postgresText.name(to.name);
  const alter = `${alterTable(table)} alter column ${column}`;
  if (next === undefined) return [plainly(`${alter} drop identity`)];
  if (old !== undefined) {
    const options = allNumberOptions(next).map((option) => ` set ${option}`);
    return [plainly(`${alter} set generated ${next.generation.replace('-', ' ')}${options.join('')}`)];
  }
  const sequence = `pg_get_serial_sequence(${postgresText.literal(qualified(table))}, ${postgresText.literal(to.name)})`;
  const last = BigInt(next.increment ?? 1) < 0n ? 'min' : 'max';
  return [
    plainly(`${alter} add ${identityText(next)}`),
    plainly(
      `select setval(${sequence}, ${last}(${column})) from ${qualified(table)} having ${last}(${column}) is not null`,
    ),
  ];
}
