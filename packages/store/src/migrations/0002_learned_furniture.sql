-- Shingles are made from the text when it is compared: that takes a few microseconds, and they were half of what a text weighed.
alter table text drop column shingles;

-- A source, and how far its furniture (what it repeats from article to article) is learned from its articles, and they are signed
-- with it. A row changes with each article that is saved.
create table source (
  key text primary key,
  -- As last seen.
  name text not null,
  -- Articles of the source that were signed, now and when its furniture was learned.
  articles integer not null,
  articles_learned integer not null default 0,
  -- Articles that came, changed or went since its furniture was learned, and when that last happened.
  changes integer not null,
  changed_at timestamptz not null default clock_timestamp(),
  -- Times that it was learned: who writes what was learned must have seen the last one.
  learnings integer not null default 0,
  learned_at timestamptz,
  -- Versions of the rules that it was learned by, and of the parameters that its articles have to be signed with.
  learned_version integer not null default 0,
  signature_version integer not null,
  -- Raised whenever its articles have to be signed again.
  furniture_version integer not null default 0,
  -- No article of the source was signed with an earlier furniture than this.
  signed_version integer not null default 0,
  -- Until when one process signs its articles again.
  lease_until timestamptz
) with (fillfactor = 70);

-- What was learned, apart from the source: it is large, and changes seldom.
create table furniture (
  source_key text primary key references source (key),
  digest text not null,
  -- Articles in the sample.
  articles integer not null,
  -- Version, and the sorted hashes of lines and of runs of words: see encoding.ts.
  learned bytea not null,
  -- Passages for readers, as JSON.
  examples jsonb not null
);

alter table content
  -- The furniture that it was signed with; less than its source's where it has to be signed again.
  add column furniture_version integer not null default 0,
  -- Times that it was signed: who signs it again must have seen the last one.
  add column signings integer not null default 1,
  -- Day on which it was published, in UTC, where it says so.
  add column published_on date,
  -- Day by which it ages: when it was published, or received where it does not say so.
  add column printed_on date;
update content set published_on = ((published ->> 'at')::timestamptz at time zone 'UTC')::date
where published ->> 'at' ~ '^\d{4}-\d\d-\d\dT';
update content c set printed_on = least(c.published_on, (a.received_at at time zone 'UTC')::date)
from article a where a.id = c.article_id;
alter table content alter column printed_on set not null;
-- Finds the articles of a source that have to be signed again.
create index content_signed on content (source_key, furniture_version);
-- Finds the sample of a source: of each day the smallest ids.
create index content_sampled on content (source_key, printed_on, article_id collate "C");

insert into source (key, name, articles, changes, signature_version)
select source_key, max(source_name), count(*), count(*), 0 from content group by source_key;

-- Texts that an article printed until lately: where no other prints one, it goes.
create table loose_text (text_id bigint primary key);

-- When a story lost its last article. Its id stays, and so do the ids that lead to it; live is what is neither merged nor ended.
alter table story add column ended_at timestamptz(3);
-- An article that is removed may be named by a story.
create index story_canonical on story (canonical) where canonical is not null;

-- Day on which an article last brought the text; null once it was so long ago that the text has left the candidate index.
alter table text add column indexed_on date default current_date;
create index text_indexed on text (indexed_on) where indexed_on is not null;
