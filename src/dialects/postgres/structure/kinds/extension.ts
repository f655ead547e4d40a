import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted, quotedText } from '../names.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly name: string;
  readonly schema: string;
  readonly version: string;
  readonly relocatable: boolean;
}

/** Extensions. All that came with one counts as the extension. */
export const extensions: Kind = {
  kind: 'extension',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, name, schema, version, relocatable }) => ({
      kind: 'extension',
      id: idOf('extension', name),
      attributes: { schema, version },
      requires: [],
      notes: { name, relocatable },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [
      step(
        `create extension if not exists ${nameOf(fact)} with schema ${quoted(textOf(fact.attributes['schema']))} version ${quotedText(textOf(fact.attributes['version']))}`,
      ),
    ],
    drop: (fact) => [step(`drop extension ${nameOf(fact)}`)],
    alter,
    rank: -90,
  },
};

function alter(from: Fact, to: Fact): Alteration {
  if (isOlder(textOf(to.attributes['version']), textOf(from.attributes['version']))) return { how: 'replace' };
  const moved = from.attributes['schema'] !== to.attributes['schema'];
  if (moved && to.notes?.['relocatable'] !== true) return { how: 'replace' };
  const [schema, version] = [textOf(to.attributes['schema']), textOf(to.attributes['version'])];
  return {
    how: 'in-place',
    steps: [
      ...(moved ? [step(`alter extension ${nameOf(to)} set schema ${quoted(schema)}`)] : []),
      ...(from.attributes['version'] === version
        ? []
        : [step(`alter extension ${nameOf(to)} update to ${quotedText(version)}`)]),
    ],
  };
}

/** Extensions bring scripts that lead to later versions, and none that lead back. */
function isOlder(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0;
}

function nameOf(fact: Fact): string {
  return quoted(noteOf(fact, 'name'));
}

const query = `
select 'pg_extension/' || e.oid || '/0' as "address", e.extname as "name", n.nspname as "schema",
  e.extversion as "version", e.extrelocatable as "relocatable"
from pg_extension e join pg_namespace n on n.oid = e.extnamespace`;
