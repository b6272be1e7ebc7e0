-- The ledger: what was asked for, where it stands, and who may work on it. Rows are narrow and change often, so pages keep
-- room for new row versions (fillfactor), and no index holds a column that a claim changes.
create table article (
  id text primary key,
  url text,
  canonical_url text unique,
  -- The article on whose page this one stood as a card.
  part_of text,
  state text not null default 'submitted' check (state in ('submitted', 'signed', 'done', 'failed')),
  reason text,
  detail text,
  -- The stage in which a failed article failed.
  failed_in text check (failed_in in ('ingest', 'cluster')),
  -- Fencing: only who holds the current token may write a result.
  token bigint not null default 0,
  lease_until timestamptz,
  -- Outcomes in this stage.
  attempts integer not null default 0,
  -- Claims since the last outcome: more than one means that workers were lost with it.
  claims integer not null default 0,
  next_at timestamptz not null default now(),
  handed_at timestamptz default now(),
  received_at timestamptz not null default now(),
  stage_since timestamptz not null default now(),
  ended_at timestamptz,
  -- Hash of the content that was pushed last, kept after the content itself is gone.
  pushed_hash text,
  pushed_is_card boolean not null default false,
  constraint failed_has_reason check (state <> 'failed' or (reason is not null and failed_in is not null))
) with (fillfactor = 70);
create index article_unfinished on article (state, stage_since) where state in ('submitted', 'signed');
create index article_failed on article (failed_in, reason, id) where state = 'failed';
create index article_part_of on article (part_of) where part_of is not null;

-- Content that came with a submission, as JSON text; removed once the article is signed.
create table pushed (
  article_id text primary key references article (id),
  content text not null
);

-- A distinct comparison text. Never changed once written.
create table text (
  id bigint generated always as identity primary key,
  version integer not null,
  hash text not null,
  words integer not null,
  comparison text not null,
  -- Sorted unsigned 32-bit integers, little-endian.
  shingles bytea not null,
  keys bytea not null,
  unique (version, hash)
);

-- Which component a text belongs to: texts that are linked, directly or not, share a label. Apart from the text, because a
-- label changes and is locked. No foreign key here and in sample: both are written with the text, by one function, and never
-- deleted, and thirty checks an article cost more than the rows.
create table component (
  text_id bigint primary key,
  label bigint not null
);
create index component_label on component (label);

-- The candidate index: which texts hold a key. Keys are the unsigned hashes, written as signed integers.
create table sample (
  version integer not null,
  key integer not null,
  text_id bigint not null,
  primary key (version, key, text_id)
);

-- What ingest made of an article.
create table content (
  article_id text primary key references article (id),
  text_id bigint not null references text (id),
  signed_at timestamptz not null default now(),
  -- The URL that it was read from, after redirects.
  read_url text,
  title text not null,
  body text not null,
  byline text,
  published jsonb,
  language text,
  source_key text not null,
  source_name text not null,
  declared_canonical_url text,
  image text,
  credit jsonb not null,
  boilerplate jsonb not null,
  boilerplate_words integer not null
);
create index content_text on content (text_id);

create table story (
  id text primary key,
  created_at timestamptz(3) not null default clock_timestamp(),
  updated_at timestamptz(3) not null default clock_timestamp(),
  -- Set when the id leads to another story, which is always a live one.
  merged_into text references story (id),
  canonical text references article (id),
  -- When the canonical was signed that the summary and the search words were made from.
  canonical_signed_at timestamptz,
  copies integer not null,
  outlets integer not null,
  -- Source keys of all copies, sorted.
  sources text[] not null,
  -- Language of the canonical.
  language text,
  -- Title, lead, canonical copy and origins, as the feed shows them.
  summary jsonb not null,
  reasons jsonb not null,
  -- Digest of all that the row was made from: an equal digest means nothing to write.
  digest text not null
);
create index story_newest on story (created_at desc, id desc) where merged_into is null;
create index story_updated on story (updated_at) where merged_into is null;
create index story_merged on story (merged_into) where merged_into is not null;
create index story_sources on story using gin (sources) where merged_into is null;

-- Words of the canonical, apart from the story: they change seldom, and each new version of a row writes all its index entries.
create table story_search (
  story_id text primary key references story (id),
  words tsvector not null
);
create index story_search_words on story_search using gin (words);

-- The one story in which an article stands.
create table placement (
  article_id text primary key references article (id),
  story_id text not null references story (id),
  is_canonical boolean not null,
  -- How it compares with the canonical; null for the canonical itself.
  match jsonb,
  digest text not null
);
create index placement_story on placement (story_id);

create table story_event (
  id bigint generated always as identity primary key,
  story_id text not null references story (id),
  at timestamptz(3) not null default clock_timestamp(),
  kind text not null,
  article_id text,
  detail jsonb not null
);
create index story_event_story on story_event (story_id, id);

-- How many articles had which outcome, minute by minute; raised in the transaction of the change that it counts.
create table tally (
  stage text not null,
  outcome text not null check (outcome in ('entered', 'done', 'rejected', 'retry', 'superseded')),
  reason text not null,
  minute timestamptz not null,
  count bigint not null,
  primary key (stage, outcome, reason, minute)
);
