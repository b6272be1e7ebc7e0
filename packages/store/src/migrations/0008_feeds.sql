-- Feeds that are subscribed, and what stood in them. Times of polls are the store's: a queue only says when to look.
create table feed (
  id text primary key,
  -- Where it is polled, and what was asked for: a feed, or a page that named it.
  url text not null unique,
  asked_url text not null,
  -- What it turned out to be; null until it was read.
  kind text check (kind in ('rss', 'atom', 'json', 'sitemap', 'sitemap-index')),
  title text,
  home_url text,
  source_key text not null,
  -- Entries bring their whole text, so that no page is fetched.
  full_text boolean not null default false,
  state text not null default 'active' check (state in ('active', 'paused')),
  -- Marks of the copy that was read last.
  etag text,
  last_modified text,
  -- While a poll is under way, when its lease ends.
  next_poll_at timestamptz not null default now(),
  interval_ms bigint not null,
  -- Fencing: only who holds the current token may record a poll.
  token bigint not null default 0,
  polled_at timestamptz,
  changed_at timestamptz,
  -- What the last poll came to, and the reason where it failed.
  result text,
  reason text,
  detail text,
  -- Failures in a row.
  failures integer not null default 0,
  polls bigint not null default 0,
  -- Entries in the last copy, and of all copies those that were new.
  entries integer not null default 0,
  entries_new bigint not null default 0,
  -- To the millisecond, as a cursor of a list says it.
  created_at timestamptz(3) not null default now()
) with (fillfactor = 70);
create index feed_due on feed (next_poll_at) where state = 'active';
create index feed_page on feed (created_at, id);
create index feed_source on feed (source_key);

-- What a feed said of an article: evidence, and how a poll knows what is new. Kept for a while after it left the feed.
create table entry (
  feed_id text not null references feed (id) on delete cascade,
  -- The id under which it was submitted: of its canonical URL, or of its text where it has none.
  key text not null,
  article_id text not null,
  guid text,
  url text,
  title text,
  published jsonb,
  updated timestamptz,
  source_name text,
  source_url text,
  first_seen_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  primary key (feed_id, key)
);
create index entry_article on entry (article_id);
create index entry_seen on entry (feed_id, seen_at);
