create table o (id int primary key) engine=InnoDB;
create table plain (
  id int not null auto_increment primary key, a int not null, b bigint, n int, u int unsigned, v varchar(20),
  v2 varchar(100), v3 varchar(60) character set latin1, d decimal(10,2), e enum('a','b'), s set('x','y'),
  dt datetime, ts timestamp null, tx text, key k_a (a), key k_v (v), key k_n (n)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_general_ci;
create table full (
  id int not null auto_increment primary key, a int not null, b bigint, n int, u int unsigned, v varchar(20),
  v2 varchar(100), v3 varchar(60) character set latin1, d decimal(10,2), e enum('a','b'), s set('x','y'),
  dt datetime, ts timestamp null, tx text, g int as (a + 1) virtual, gs int as (a + 2) stored,
  key k_a (a), key k_v (v), key k_n (n),
  constraint fk_a foreign key (a) references o (id), constraint ck check (a > 0)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_general_ci;
create table pt (id int not null, primary key (id)) engine=InnoDB
  partition by range (id) (partition p0 values less than (10), partition p1 values less than (20));
