-- Headings, items, quotes and the like among the paragraphs of the body, by offsets; what is not named is an ordinary paragraph, so
-- that articles that were read before need no row written.
alter table content add column paragraphs jsonb not null default '[]';
