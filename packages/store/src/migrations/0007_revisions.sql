-- The texts that stood at an article's URL before the one in `content`, as they were read.
create table revision (
  article_id text not null references article (id) on delete cascade,
  number integer not null,
  read_at timestamptz(3) not null,
  -- Hash of the text that it was compared by.
  text_hash text not null,
  title text not null,
  body text not null,
  -- Length of the body, so that bounding the history reads none of them.
  body_chars integer not null,
  byline text,
  published jsonb,
  paragraphs jsonb not null,
  primary key (article_id, number)
);

alter table content
  -- Number of the text that stands here, counted from 1.
  add column revision integer not null default 1,
  -- When this text was first read; `signed_at` is later where it was signed again.
  add column read_at timestamptz(3) not null default now();
update content set read_at = signed_at;

-- What the page was last read from, to ask for it only where it changed. Only of readings that succeeded: what is in `content` was
-- read from this answer, or from one that says the same.
create table fetched (
  article_id text primary key references article (id) on delete cascade,
  url text not null,
  etag text,
  last_modified text,
  checked_at timestamptz(3) not null default now()
);

alter table article
  -- Since when its page answers that it is gone, and how.
  add column gone_since timestamptz(3),
  add column gone_reason text,
  -- Whether what it is now has still to be placed: it may stand in a story by what it was before.
  add column awaits_place boolean not null default false,
  add constraint gone_has_reason check ((gone_since is null) = (gone_reason is null));
update article set awaits_place = true where state = 'signed';
