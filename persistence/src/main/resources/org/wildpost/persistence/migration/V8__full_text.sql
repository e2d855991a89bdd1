-- SPDX-License-Identifier: Apache-2.0
-- Full-text search: the words of messages, made for mailboxes in which somebody searched.

-- Once for each content and account, so that copies and moves cost nothing. Each word carries its account in front, so that the words of one
-- account are next to each other in the index and nobody's search reads the postings of others.
create table blob_words (
    blob_id     bigint   not null references blob (id) on delete cascade,
    account_id  bigint   not null,
    words       tsvector not null,
    primary key (blob_id, account_id)
);
create index blob_words_words on blob_words using gin (words);

-- Mailboxes whose words are indexed, and how far: all messages up to that UID.
create table mailbox_words (
    mailbox_id   bigint primary key references mailbox (id) on delete cascade,
    indexed_uid  bigint not null default 0
);
