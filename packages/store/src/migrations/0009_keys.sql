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
