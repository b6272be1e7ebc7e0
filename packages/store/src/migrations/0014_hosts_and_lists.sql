-- How hosts answered, hour by hour, for a day or two: what they are doing now, beside the sums since the beginning in `host`.
create table host_hour (
  host text not null,
  hour timestamptz not null,
  -- Turns that ended.
  fetches integer not null default 0,
  -- Of these: what was fetched is as it was (304); the host refused (401, 403); it asked for fewer requests (429); its robots.txt forbade.
  unchanged integer not null default 0,
  refused integer not null default 0,
  too_many integer not null default 0,
  robots integer not null default 0,
  primary key (host, hour)
) with (fillfactor = 70);
create index host_hour_age on host_hour (hour);
