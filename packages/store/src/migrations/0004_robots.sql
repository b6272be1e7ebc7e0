-- What the robots.txt of an origin says to us, so that it is read once for all processes.
create table robots (
  origin text primary key,
  -- The rules that hold for us, and the delay that is asked for, as JSON.
  rules jsonb not null,
  fresh_until timestamptz not null
);
