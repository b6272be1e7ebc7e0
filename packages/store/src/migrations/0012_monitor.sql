-- What the monitor asks: why articles of a host failed, and which of them to try again.
create index article_failed_host on article (host, reason, id) where state = 'failed' and host is not null;

-- When a worker took it last: what came before was waiting, what follows is work.
alter table article add column claimed_at timestamptz;

-- How long articles waited for a stage, were worked on, and took in all; how many candidates their texts had, and how many of those
-- were links. Histograms with fixed bounds (queries/timing.ts), minute by minute, raised in the transaction of the outcome.
create table timing (
  stage text not null,
  measure text not null,
  minute timestamptz not null,
  counts integer[] not null,
  -- Sum of the values.
  total double precision not null,
  primary key (minute, stage, measure)
) with (fillfactor = 70);

-- What waited when somebody looked, once a minute; of an hour, the most.
create table backlog (
  stage text not null,
  minute timestamptz not null,
  articles bigint not null,
  oldest_ms bigint,
  primary key (minute, stage)
);

-- What happened to stories is counted beside the outcomes of the stages.
alter table tally drop constraint tally_outcome_check;
alter table tally add constraint tally_outcome_check
  check (outcome in ('entered', 'done', 'rejected', 'retry', 'superseded', 'event'));
create index tally_minute on tally (minute);

-- Stories that may be too large; few enough that the index costs nothing.
create index story_large on story (copies desc) where merged_into is null and copies >= 8;
