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
