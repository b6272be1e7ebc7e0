-- The frontier: articles wait at their host, and hosts wait for their turn. So a host with a thousand articles is one row to look at,
-- and holds up nobody else.
alter table article
  -- The host that it is fetched from, with a port that is not the scheme's own; null where its content was pushed.
  add column host text,
  -- Where a redirect led to another host that was busy then, and how often that happened: it is fetched from there.
  add column moved_url text,
  add column moves integer not null default 0;
update article a set host = substring(canonical_url from '^https?://([^/?#]+)')
where state = 'submitted' and canonical_url is not null and not exists (select from pushed p where p.article_id = a.id);
create index article_frontier on article (host, stage_since, id) where state = 'submitted' and host is not null;
-- What waits for no host.
create index article_unhosted on article (stage_since) where state = 'signed' or (state = 'submitted' and host is null);

-- A host that articles are fetched from. Its turn is held by one fetch at a time, of all processes.
create table host (
  name text primary key,
  -- When the next fetch may begin; while one is under way, when its lease ends.
  next_at timestamptz not null default now(),
  -- When it is looked at for an article to hand out; null where none waits. Never before next_at.
  due_at timestamptz,
  -- Fencing: only who holds the current turn may end it.
  token bigint not null default 0,
  -- Failures in a row, and the last reason.
  failures integer not null default 0,
  last_reason text,
  fetches bigint not null default 0,
  failed bigint not null default 0,
  fetched_at timestamptz,
  -- The pause after the last fetch.
  delay_ms integer not null default 0
) with (fillfactor = 70);
create index host_due on host (due_at) where due_at is not null;
insert into host (name, due_at) select distinct host, now() from article where host is not null;
