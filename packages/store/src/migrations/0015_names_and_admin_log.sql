-- What stories name, to find the others of one event. Made apart from placing and after it: it decides nothing about stories.
create table naming (
  id bigint generated always as identity primary key,
  story_id text not null unique references story (id),
  -- Day on which the canonical was printed, in UTC.
  day date not null,
  -- As `namesIn` gives them.
  names jsonb not null
);
create index naming_day on naming (day);

-- Which stories of a day name a word.
create table named (
  word text collate "C" not null,
  day date not null,
  naming_id bigint not null references naming (id) on delete cascade,
  primary key (word, day, naming_id)
);
create index named_naming on named (naming_id);

-- Stories whose canonical prints other words than their names were read from.
create table unnamed_story (story_id text primary key);
insert into unnamed_story (story_id) select id from story where merged_into is null and ended_at is null;

-- What administrators did, newest last.
create table admin_log (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  kind text not null,
  -- Id of what it was done to.
  subject text not null,
  detail text not null,
  -- Name of the key that did it, or another word for who it was.
  done_by text not null
);
