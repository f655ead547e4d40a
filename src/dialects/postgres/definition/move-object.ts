import type { Move } from '../../../catalog/change/move-object.ts';
import type { Catalog } from '../../../catalog/model/catalog.ts';
import { sameName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { together } from '../online/step.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { viewKind } from './view.ts';

/** Another namespace, then another name. Indexes, constraints and owned sequences go with a table, and grants with all. */
export function moveObject({ of, object, to }: Move, before: Catalog): readonly DefinitionStatement[] {
  const kind = kindOf({ of, object }, before);
  const inPlace = to.namespace === undefined ? { name: object.name } : { namespace: to.namespace, name: object.name };
  return together([
    setNamespace(kind, object, to.namespace),
    ...(object.name === to.name ? [] : [`alter ${kind} ${qualified(inPlace)} rename to ${newName(to.name)}`]),
  ]);
}

/** The statement that gives an object another namespace; the default one is known to the server alone. */
export function setNamespace(kind: string, object: ObjectName, namespace: string | undefined): string {
  const move = `alter ${kind} ${qualified(object)} set schema`;
  if (namespace !== undefined) return `${move} ${postgresText.name(namespace)}`;
  const text = postgresText.literal(`${move.replaceAll('%', '%%')} %I`);
  return `do $rowhouse$ begin execute format(${text}, current_schema()); end $rowhouse$`;
}

function kindOf({ of, object }: Pick<Move, 'of' | 'object'>, { views }: Catalog): string {
  if (of === 'enum') return 'type';
  const view = of === 'view' ? views.find((candidate) => sameName(candidate, object)) : undefined;
  return view === undefined ? of : viewKind(view);
}
