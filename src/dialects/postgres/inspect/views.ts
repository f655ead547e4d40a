import { textExpression } from '../../../catalog/model/expression.ts';
import type { View } from '../../../catalog/model/view.ts';
import { postgresText, qualified } from '../text.ts';
import { typeOf } from './columns.ts';
import { objectKey, postgresSql, type RawPart } from './raw-part.ts';
import type { Relation } from './relations.ts';
import { objectName } from './scope.ts';
import type { Structure } from './structure.ts';

export function isView({ kind }: Relation): boolean {
  return kind === 'v' || kind === 'm';
}

export function viewOf(relation: Relation, structure: Structure): View {
  return {
    ...objectName(structure.scope, relation.namespace, relation.name),
    query: textExpression(queryText(relation)),
    columns: (structure.columns.get(relation.id) ?? []).map((row) => ({
      name: row.name,
      type: typeOf(row, structure.scope),
      nullable: true,
    })),
    materialized: relation.kind === 'm',
    ...(relation.comment === null ? {} : { comment: relation.comment }),
  };
}

/** A view with options, or one that reads what is made after the views. */
export function rawView(relation: Relation, structure: Structure): RawPart {
  const name = objectName(structure.scope, relation.namespace, relation.name);
  const type = relation.kind === 'm' ? 'materialized view' : 'view';
  const options = Object.entries(relation.options ?? {}).map(
    ([key, value]) => `${key} = ${postgresText.literal(value)}`,
  );
  const settings = options.length === 0 ? '' : ` with (${options.join(', ')})`;
  return {
    key: objectKey('pg_class', relation.id),
    object: {
      type,
      ...name,
      create: postgresSql(`create ${type} ${qualified(name)}${settings} as ${queryText(relation)}`),
      drop: postgresSql(`drop ${type} ${qualified(name)}`),
    },
    late: true,
  };
}

function queryText({ query }: Relation): string {
  return (query ?? '').trim().replace(/;$/, '');
}
