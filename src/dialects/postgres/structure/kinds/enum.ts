import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted, quotedText, relationName } from '../names.ts';
import { attributesOf } from '../read-fact.ts';
import { step } from '../step.ts';
import { swapType, typeUsers, type TypeUser } from '../swap-type.ts';

interface Row {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly users: readonly TypeUser[];
}

/** Enum types. */
export const enums: Kind = {
  kind: 'enum',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, labels, users }) => ({
      kind: 'enum',
      id: idOf('enum', schema, name),
      attributes: { labels },
      requires: [],
      notes: { schema, name, users: users as never },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [create(fact)],
    drop: (fact) => [step(`drop type ${nameOf(fact)}`)],
    alter,
    occupies: (fact) => relationName(nameNotes(fact).schema, nameNotes(fact).name),
  },
};

function create(fact: Fact, name = nameOf(fact)): DefinitionStatement {
  return step(`create type ${name} as enum (${labelsOf(fact).map(quotedText).join(', ')})`);
}

/** New labels are added where they belong; a label that goes or moves takes a new type. */
function alter(from: Fact, to: Fact, context: PlanContext): Alteration {
  const [before, after] = [labelsOf(from), labelsOf(to)];
  const kept = after.filter((label) => before.includes(label));
  if (kept.join('\0') === before.join('\0')) return { how: 'in-place', steps: additions(to, before) };
  const gone = before.filter((label) => !after.includes(label));
  const swap = {
    schema: nameNotes(to).schema,
    name: nameNotes(to).name,
    users: nameNotes(from).users,
    create: (name: string) => [create(to, name)],
    note: gone.length === 0 ? 'no value changes' : `it stops when a row holds ${gone.map(quotedText).join(' or ')}`,
  };
  return swapType(to, swap, context);
}

/** A new label cannot be used in the transaction that adds it. */
function additions(to: Fact, before: readonly string[]): readonly DefinitionStatement[] {
  const after = labelsOf(to);
  return after.flatMap((label, index) => {
    if (before.includes(label)) return [];
    const [previous, first] = [after[index - 1], before[0]];
    const place =
      previous === undefined
        ? first === undefined
          ? ''
          : ` before ${quotedText(first)}`
        : ` after ${quotedText(previous)}`;
    return [
      step(`alter type ${nameOf(to)} add value if not exists ${quotedText(label)}${place}`, {
        segment: 'alone',
        repeatable: true,
      }),
    ];
  });
}

function labelsOf(fact: Fact): readonly string[] {
  return attributesOf<{ labels: readonly string[] }>(fact).labels;
}

function nameNotes({ notes }: Fact): Pick<Row, 'schema' | 'name' | 'users'> {
  return notes as unknown as Pick<Row, 'schema' | 'name' | 'users'>;
}

function nameOf(fact: Fact): string {
  return quoted(nameNotes(fact).schema, nameNotes(fact).name);
}

const query = `
select 'pg_type/' || t.oid || '/0' as "address", n.nspname as "schema", t.typname as "name",
  array(select e.enumlabel from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as "labels",
  ${typeUsers('t.oid')} as "users"
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e' and ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_type', 't.oid')}`;
