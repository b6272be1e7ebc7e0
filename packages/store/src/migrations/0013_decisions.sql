-- What people decided about stories. A row is never deleted: a decision that was withdrawn still tells who made it, and when.
create table decision (
  -- Of two that stand against each other the later one counts, so ids are also their order.
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('split', 'merge', 'pin')),
  -- The story that it was made on, and those that were merged into it: ids as they were then.
  story_id text not null references story (id),
  merged_ids text[] not null default '{}',
  note text,
  -- Names of the keys that it was made and withdrawn with; null where none was asked for.
  decided_by text,
  decided_at timestamptz(3) not null default clock_timestamp(),
  withdrawn_by text,
  withdrawn_at timestamptz(3)
);
create index decision_story on decision (story_id);

-- The articles that it names, and the texts that they printed then. An article may be removed, and what it named goes on for its text.
create table decision_article (
  decision_id bigint not null references decision (id) on delete cascade,
  article_id text not null,
  side integer not null,
  text_version integer not null,
  text_hash text not null,
  primary key (decision_id, article_id)
);
create index decision_article_article on decision_article (article_id);
create index decision_article_text on decision_article (text_hash);
