import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';
import { goesWithItsType } from './base-type.ts';

interface Row extends Attributes {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly types: string;
}

interface Attributes {
  /** What the server prints. */
  readonly definition: string;
  /** What cannot change while the routine stays: the result, and the names and types of what comes out. */
  readonly result: string;
  /** The names of the arguments that go in; an argument without a name may get one. */
  readonly inputs: readonly string[];
  readonly defaults: number;
  /** True: the body is text that the server knows nothing about. */
  readonly isText: boolean;
}

/** Functions, window functions among them. */
export const functions: Kind = routineKind('function', `'f', 'w'`);

/** Procedures. */
export const procedures: Kind = routineKind('procedure', `'p'`);

function routineKind(kind: 'function' | 'procedure', codes: string): Kind {
  return {
    kind,
    async read(connection) {
      const rows = await readRows<Row>(connection, query(codes), []);
      return rows.map(({ address, schema, name, types, ...attributes }) => ({
        kind,
        id: `${idOf(kind, schema, name)}(${types})`,
        attributes: { ...attributes },
        requires: [],
        notes: { name: `${quoted(schema, name)}(${types})` },
        addresses: [address],
      }));
    },
    rules: {
      create,
      drop: (fact, context) => (goesWithItsType(fact, context) ? [] : [step(`drop ${kind} ${noteOf(fact, 'name')}`)]),
      alter,
      occupies: (fact) => `routine ${noteOf(fact, 'name')}`,
      rank: 5,
    },
  };
}

/**
 * A body that is text may name what is made only later, so it is not looked into; the switch is set back at once. The
 * server looks into it when it runs.
 */
function create(fact: Fact): readonly DefinitionStatement[] {
  const { definition, isText } = attributesOf<Attributes>(fact);
  const made = step(definition.trimEnd());
  return isText ? [step('set check_function_bodies = off'), made, step('reset check_function_bodies')] : [made];
}

function alter(from: Fact, to: Fact): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  const keepsNames = before.inputs.every((name, index) => name === '' || after.inputs[index] === name);
  if (before.result !== after.result || !keepsNames || after.defaults < before.defaults) return { how: 'replace' };
  return { how: 'in-place', steps: create(to) };
}

function query(codes: string): string {
  return `
select 'pg_proc/' || p.oid || '/0' as "address", n.nspname as "schema", p.proname as "name",
  oidvectortypes(p.proargtypes) as "types", pg_get_functiondef(p.oid) as "definition",
  concat_ws(' ', case when p.proretset then 'setof' end, format_type(p.prorettype, null),
    case when p.prokind = 'w' then 'window' end, (
      select string_agg(concat_ws(' ', p.proargmodes[place], p.proargnames[place], format_type(p.proallargtypes[place], null)), ', ' order by place)
      from generate_subscripts(p.proallargtypes, 1) place where p.proargmodes[place] in ('o', 'b', 't'))) as "result",
  array(select coalesce(p.proargnames[place], '') from generate_series(1, coalesce(cardinality(p.proallargtypes), p.pronargs)) place
    where coalesce(p.proargmodes[place], 'i') in ('i', 'b', 'v') order by place) as "inputs",
  p.pronargdefaults as "defaults", p.prosqlbody is null as "isText"
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where p.prokind in (${codes}) and ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_proc', 'p.oid')}
  and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
    and d.refclassid = 'pg_type'::regclass and d.deptype = 'i')`;
}
