-- SPDX-License-Identifier: Apache-2.0
-- What a mailbox's view is read from, and how far back its tombstones go.

-- The key carries what a view needs of each message, so that a mailbox opens without reading its rows.
alter table message drop constraint message_pkey;
create unique index message_pkey on message (mailbox_id, uid) include (flags, modseq);
alter table message add constraint message_pkey primary key using index message_pkey;

-- The few messages with keywords, for the same purpose.
create index message_keywords on message (mailbox_id, uid) where keywords <> '{}';

-- Tombstones with a MODSEQ above this are all there (RFC 7162 §3.2.5).
alter table mailbox add column tombstones_since bigint not null default 0;
create index expunged_age on expunged using brin (expunged_at);
