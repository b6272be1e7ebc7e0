/**
 * A day of history made by rule, as SQL: a busy morning and evening, a backlog that comes and goes, a few failures, some hosts. For
 * pictures of the monitor; a service that has just started has a straight line to show.
 */
export const MADE_DAY: readonly string[] = [
  `create temporary table day as
    select minute, greatest(6, round(24 + 18 * sin(n / 110.0) + 9 * sin(n / 17.0) + n % 7))::int as articles,
      greatest(0, 420 * exp(-power((n - 900) / 70.0, 2)) + 160 * exp(-power((n - 360) / 40.0, 2)) + n % 5)::int as waiting
    from generate_series(5, 1435) as n cross join lateral (select date_trunc('minute', now()) - n * interval '1 minute') as at (minute)`,
  `alter table day add column paywall int, add column missing int`,
  `update day set paywall = (extract(minute from minute)::int % 3 = 0)::int * (1 + articles / 9),
    missing = (extract(minute from minute)::int % 7 = 0)::int`,
  `insert into tally (stage, outcome, reason, minute, count)
    select stage, outcome, reason, minute, count from day cross join lateral (values
      ('ingest', 'entered', '', articles), ('ingest', 'done', '', articles - paywall - missing), ('ingest', 'rejected', 'paywall', paywall),
      ('ingest', 'rejected', 'http-not-found', missing), ('ingest', 'retry', 'http-server-error', missing),
      ('cluster', 'entered', '', articles - paywall - missing), ('cluster', 'done', '', articles - paywall - missing),
      ('cluster', 'event', 'created', articles / 3), ('cluster', 'event', 'mirror-joined', articles / 2)
    ) as kinds (stage, outcome, reason, count) where count > 0`,
  `insert into backlog (stage, minute, articles, oldest_ms)
    select stage, minute, waiting / share, (1 + waiting / share) * 900 from day, (values ('ingest', 1), ('cluster', 6)) as stages (stage, share)
    on conflict do nothing`,
  `insert into timing (stage, measure, minute, counts, total)
    select stage, measure, minute,
      array_fill(0, array[56 - place + (waiting > 150)::int * 6]) || array[articles / 8, articles / 2, articles] || array_fill(0, array[place - 2 - (waiting > 150)::int * 6]),
      articles * 2.0 ^ ((54 - place) / 2.0)
    from day, (values ('ingest', 'wait', 36), ('ingest', 'run', 41), ('cluster', 'wait', 42), ('cluster', 'run', 45), ('cluster', 'total', 34))
      as measures (stage, measure, place)`,
  `insert into host (name, fetches, failed, failures, last_reason, delay_ms, due_at, next_at, fetched_at)
    select name, fetches, failed, failures, reason, delay, now() + delay * interval '1 millisecond', now() + delay * interval '1 millisecond', now()
    from (values ('harbourgazette.example', 1840, 12, 0, null, 30000), ('inlandpost.example', 1312, 40, 0, 'http-too-many-requests', 60000),
      ('northernstar.example', 611, 3, 0, null, 45000), ('valleyecho.example', 204, 88, 6, 'http-server-error', 120000))
      as made (name, fetches, failed, failures, reason, delay)`,
  `insert into host_hour (host, hour, fetches, unchanged, refused, too_many, robots)
    select name, date_trunc('hour', now(), 'UTC') - n * interval '1 hour', fetches / 24, fetches / 90, failed / 60, failed / 24, fetches / 600
    from host cross join generate_series(0, 23) as n where fetches > 100`,
  'drop table day',
];
