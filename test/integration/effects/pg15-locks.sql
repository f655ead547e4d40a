create type mood as enum ('sad', 'ok');
create domain posint as int check (value > 0);
create function vol() returns int language sql as 'select 1';
create function trg() returns trigger language plpgsql as 'begin return new; end';
create sequence sq;

create table o (id int primary key, x int);
insert into o select n, n from generate_series(1, 500) n;

create table c (id int primary key, o int references o (id));

create table t (
  id int primary key,
  a int not null,
  b bigint,
  n int,
  v10 varchar(10),
  tx text,
  num numeric(10, 2),
  ts timestamp,
  tz timestamptz,
  t3 timestamptz(3),
  iv interval,
  ci cidr,
  ch char(5),
  js json,
  e mood,
  vb varbit(5),
  p posint
);
insert into t
  select n, 1 + n % 100, n, n, 'v' || n % 1000, 'text ' || n, n, now(), now(), now(), interval '1 second', '10.0.0.0/8', 'abc',
    '{}', 'ok', b'101', 1 + n % 500
  from generate_series(1, 1000) n;
create unique index t_b on t (b);
create index t_n on t (n);
create index t_v10 on t (v10);
create index t_tx on t (tx);
alter table t add constraint ck_ok check (b is not null);
alter table t add constraint ck_nv check (n > 0) not valid;
alter table t add constraint fk_nv foreign key (a) references o (id) not valid;
create trigger tr after insert on t for each row execute function trg();
create policy pol on t using (true);

create view vw as select id from t;
create materialized view mv as select id from t;
create unique index mv_i on mv (id);

create table pt (k int not null, v text) partition by range (k);
create table pt1 partition of pt for values from (0) to (1000);
create table ptd partition of pt default;
insert into pt select n, 'x' from generate_series(0, 799) n;
create table pt2 (k int not null, v text);
insert into pt2 select n, 'x' from generate_series(2000, 2099) n;
create table pt3 (k int not null, v text, check (k is not null and k >= 4000 and k < 5000));
insert into pt3 select n, 'x' from generate_series(4000, 4099) n;

analyze;
