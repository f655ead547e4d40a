import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import { idOf, quoted } from '../names.ts';
import { placeOf, tableOf } from '../relation.ts';
import { withFacts } from '../with-facts.ts';
import { columnsOf, partsWithin } from './own-parts.ts';

/** The structure with a numbered column in the table, by which its rows can be told apart for as long as it takes. */
export function withKey(table: Fact, structure: Structure): Structure {
  const { schema, name } = placeOf(table);
  const column = temporaryName('rowhouse_key', 'new', table.id);
  const key = temporaryName(name, 'check', table.id, 'key');
  const place = { schema, table: name, name: column };
  const positions = columnsOf(table.id, structure).map(({ notes }) => Number(notes?.['position']));
  const added: readonly Fact[] = [
    {
      kind: 'column',
      id: idOf('column', schema, name, column),
      parent: table.id,
      attributes: {
        type: 'bigint',
        collation: null,
        generated: null,
        virtual: false,
        notNull: structure.server < 'postgresql 18' ? true : { name: null, noInherit: false, validated: true },
        storage: null,
        compression: null,
        statistics: null,
        options: [],
      },
      requires: [],
      follows: [],
      notes: {
        ...place,
        position: Math.max(0, ...positions) + 1,
        local: true,
        typeStorage: 'plain',
        notNullName: null,
      },
    },
    {
      kind: 'identity',
      id: idOf('identity', schema, name, column),
      parent: idOf('column', schema, name, column),
      attributes: {
        always: false,
        sequence: temporaryName(`${name}_key`, 'new', table.id),
        start: '1',
        increment: '1',
        min: '1',
        max: '9223372036854775807',
        cache: '1',
        cycle: false,
        kept: null,
      },
      requires: [],
      notes: { ...place, last: null },
    },
    {
      kind: 'constraint',
      id: idOf('constraint', schema, name, key),
      parent: table.id,
      attributes: {
        type: 'u',
        definition: `UNIQUE (${column})`,
        options: [],
        tablespace: null,
        clustered: false,
        replicaIdentity: false,
      },
      requires: [idOf('column', schema, name, column)],
      notes: {
        schema,
        table: name,
        name: key,
        local: true,
        indexed: true,
        plainIndex: true,
        index: `CREATE UNIQUE INDEX ${quoted(key)} ON ${tableOf(table)} USING btree (${quoted(column)})`,
        target: null,
      },
    },
  ];
  return withFacts(structure, added);
}

/** Whoever writes a key into each row is noticed by triggers and rules. */
export function canTakeKey(table: Fact, structure: Structure): boolean {
  const within = partsWithin(table.id, structure);
  return ![...within].some((id) => /^(?:trigger|rule) /.test(id));
}
