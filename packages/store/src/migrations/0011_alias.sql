-- What the page of an article says of other URLs of it, where it says anything. Written with its content.
create table spelling_claim (
  article_id text not null references article (id) on delete cascade,
  -- The id of the article at that URL, known or not.
  claimed_id text not null,
  url text not null,
  sign text not null check (sign in ('redirect', 'canonical', 'amp')),
  is_kin boolean not null,
  primary key (article_id, claimed_id)
);
create index spelling_claim_url on spelling_claim (url) where sign = 'redirect';

-- URLs that are only other spellings of an article's URL. Each was the URL of an article that has ended in this one.
create table alias (
  -- The id that its article had.
  id text primary key,
  article_id text not null references article (id) on delete cascade,
  -- After the URL rules, and as it was submitted.
  url text not null unique,
  submitted_url text not null,
  sign text not null check (sign in ('redirect', 'canonical', 'amp')),
  seen_at timestamptz(3) not null default clock_timestamp()
);
create index alias_article on alias (article_id);
