import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { quotedText } from '../names.ts';
import { objectWords } from '../object-words.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly of: string;
  /** What tells comments on parts of one fact apart: the column of a view, the index of a constraint, its not-null. */
  readonly part: string;
  readonly on: string;
  readonly text: string;
}

/** Comments on everything that can have one. */
export const comments: Kind = {
  kind: 'comment',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ of, part, on, text }) => ({
      kind: 'comment',
      id: part,
      of,
      attributes: { text },
      requires: [],
      notes: { on },
      addresses: [],
    }));
  },
  rules: {
    create: (fact) => [set(fact)],
    drop: (fact) => [step(`comment on ${noteOf(fact, 'on')} is null`)],
    alter: (_from, to) => ({ how: 'in-place', steps: [set(to)] }),
    rank: 70,
  },
};

function set(fact: Fact): DefinitionStatement {
  return step(`comment on ${noteOf(fact, 'on')} is ${quotedText(textOf(fact.attributes['text']))}`);
}

/** From PostgreSQL 18 on that a column or a domain has no nulls is a constraint, and a part of either. */
const notNull = `lateral (select case when k.contypid = 0 then format('pg_class/%s/%s', k.conrelid, k.conkey[1])
  else format('pg_type/%s/0', k.contypid) end as of
  from pg_constraint k where d.classoid = 'pg_constraint'::regclass and k.oid = d.objoid and k.contype = 'n')`;

/** What an extension says about itself comes with it. */
const query = `
select coalesce(n.of, format('%s/%s/%s', d.classoid::regclass, d.objoid, d.objsubid)) as "of",
  case when n.of is not null then 'not null'
    when d.objsubid <> 0 then (select quote_ident(a.attname) from pg_attribute a where a.attrelid = d.objoid and a.attnum = d.objsubid)
    when i.type = 'index' and exists (select from pg_constraint k where k.conindid = d.objoid) then 'index'
    else '' end as "part",
  ${objectWords('i')} as "on", d.description as "text"
from pg_description d cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
left join ${notNull} n on true
where (d.objoid >= 16384 or d.classoid = 'pg_namespace'::regclass) and (d.objoid >= 16384 or i.name = 'public')
  and not exists (select from pg_depend member where member.classid = d.classoid and member.objid = d.objoid and member.deptype = 'e')
  and (i.type <> 'extension'
    or d.description is distinct from (select e.comment from pg_available_extensions e where e.name = i.name))`;
