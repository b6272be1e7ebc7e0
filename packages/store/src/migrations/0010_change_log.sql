-- What happened to stories is read by others, too, in the order of its ids: who writes it takes turns, so that ids are committed in
-- their order.
create table change_log (
  is_only_row boolean primary key default true check (is_only_row),
  -- Events up to this id are no longer given out. Those that a story page still shows are kept.
  pruned_to bigint not null default 0
);
insert into change_log default values;

alter table story
  -- When the title or the text of the canonical last became another one; not when a mirror joins.
  add column edited_at timestamptz(3) not null default clock_timestamp(),
  -- Hash of that title and text.
  add column edition bytea not null default '';
update story set edited_at = created_at;
update story s set edition = sha256(convert_to(c.title || e'\n' || c.body, 'UTF8')) from content c where c.article_id = s.canonical;

-- An address that is told what happens to stories.
create table webhook (
  id text primary key,
  url text not null,
  -- What it is told of; null for everything.
  kinds text[],
  -- Signs what is sent, so it is kept as it is.
  secret text not null,
  created_at timestamptz not null default now(),
  -- Id of the last event that it took, or did not want.
  delivered_to bigint not null,
  failures integer not null default 0,
  next_at timestamptz not null default now(),
  disabled_at timestamptz,
  disabled_reason text,
  -- Fencing: only who holds the current token may say what came of a delivery.
  token bigint not null default 0,
  lease_until timestamptz
);

-- Events that somebody wants to be sent again.
create table webhook_replay (
  webhook_id text not null references webhook (id) on delete cascade,
  event_id bigint not null,
  primary key (webhook_id, event_id)
);

-- The last attempts of each webhook.
create table webhook_delivery (
  id bigint generated always as identity primary key,
  webhook_id text not null references webhook (id) on delete cascade,
  at timestamptz not null default now(),
  event_id bigint not null,
  kind text not null,
  story_id text not null,
  is_replay boolean not null,
  -- HTTP status; null where no answer came.
  status integer,
  -- Why it failed; null where it was taken.
  reason text,
  duration_ms integer not null
);
create index webhook_delivery_newest on webhook_delivery (webhook_id, id);
