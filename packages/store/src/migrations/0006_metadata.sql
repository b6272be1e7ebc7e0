-- What a page says of its article beside the text, each fact with what said so. Articles that were read before have none of it.
alter table content add column metadata jsonb not null default '{}';
