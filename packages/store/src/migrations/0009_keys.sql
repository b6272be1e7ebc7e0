-- Keys to the API. A key is 256 random bits, so its bare SHA-256 tells nobody what it was; there is nothing to guess, and nothing to slow.
create table access_key (
  id text primary key,
  name text not null,
  scopes text[] not null check (scopes <@ array['read', 'submit', 'admin'] and cardinality(scopes) > 0),
  digest bytea not null,
  created_at timestamptz not null default now(),
  -- To the hour: a key in steady use is written once an hour, and not with every request.
  last_used_at timestamptz
);

-- Requests that carried an Idempotency-Key, with their answers, so that one that is sent again is answered and not done again.
create table idempotent_request (
  -- Id of the access key; empty where none is asked for.
  caller text not null,
  key text not null,
  -- SHA-256 of what was sent.
  digest bytea not null,
  started_at timestamptz not null default now(),
  -- Until when the process that answers it counts as alive; without meaning once there is an answer.
  lease_until timestamptz not null,
  -- Status, media type, location and body; null while it is in flight.
  answer jsonb,
  primary key (caller, key)
);
create index idempotent_request_age on idempotent_request (started_at);
create index idempotent_request_of_caller on idempotent_request (caller, started_at);
