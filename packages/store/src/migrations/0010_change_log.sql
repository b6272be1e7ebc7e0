-- What happened to stories is read by others, too, in the order of its ids: who writes it takes turns, so that ids are committed in
-- their order.
create table change_log (
  is_only_row boolean primary key default true check (is_only_row),
  -- Events up to this id are no longer given out. Those that a story page still shows are kept.
  pruned_to bigint not null default 0
);
insert into change_log default values;
