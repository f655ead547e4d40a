/** Numbers from 0 to below `limit`, the same ones for the same seed. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}

const types = ['integer', 'text', 'real', 'blob', 'numeric(10, 2)', 'varchar(9)'];
const attributes = [
  '',
  'not null default 3',
  `default 'it''s'`,
  'default (1 + 1)',
  'collate nocase',
  'check (% is null or length(%) < 90)',
  'not null on conflict replace default 4',
];
const ids = ['primary key', 'primary key autoincrement', 'primary key desc', 'unique', 'not null unique'];
const keys = ['primary key (id)', 'primary key (id desc)', 'primary key (id, a)'];
const constraints = ['', 'unique (a, id)', 'check (t.id > 0)', 'constraint long check (length(a) > 2)'];
const references = ['', 'f int', 'f int references parent', 'f int references parent (id) on delete set null'];

/**
 * A schema of a table `t` with what may hang on it. `id` and `a` are always there, so that rows have something to keep;
 * what the other columns hold fits every schema.
 */
export function randomSchema(random: (limit: number) => number): string {
  const pick = (list: readonly string[]): string => list[random(list.length)] ?? '';
  const isStrict = random(4) === 0;
  const ownKey = random(2) === 0;
  const items = [
    `id integer ${ownKey ? 'unique' : pick(ids)}`,
    `a text ${pick(['', 'not null', 'collate nocase'])}`,
    ...['b', 'c', 'd', 'e']
      .filter(() => random(3) > 0)
      .map((name) => `${name} ${isStrict ? 'any' : pick(types)} ${pick(attributes).replaceAll('%', name)}`),
    random(3) === 0 ? `g ${isStrict ? 'text' : ''} as (lower(a)) ${pick(['stored', 'virtual'])}` : '',
    pick(references),
    ownKey ? pick(keys) : '',
    pick(constraints),
  ];
  const options = [...(isStrict ? ['strict'] : []), ...(ownKey && random(2) === 0 ? ['without rowid'] : [])];
  const hangers = [
    'create index by_a on t (a desc)',
    'create unique index by_id on t (id) where id > 5',
    'create view v as select id, a from t',
    'create trigger watch after update of a on t begin insert into log values (new.id); end',
    'create trigger elsewhere after insert on log begin delete from t where id = -new.id; end',
  ].filter(() => random(2) === 0);
  return [
    'create table parent (id integer primary key)',
    'create table log (id)',
    `create table t (${items.filter((item) => item !== '').join(', ')}) ${options.join(', ')}`,
    'create table child (t integer references t (id) on delete cascade)',
    ...hangers,
  ].join(';\n');
}
