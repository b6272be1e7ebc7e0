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

-- Lists of stories by what few stories have: without these, a filter that hardly any story passes reads all of them.
create index story_language on story (language, created_at desc, id desc) where merged_into is null;
create index story_mirrored on story (created_at desc, id desc) where merged_into is null and copies > 1;
create index story_with_origins on story (created_at desc, id desc)
  where merged_into is null and jsonb_array_length(summary -> 'origins') > 1;
