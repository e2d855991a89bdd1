-- SPDX-License-Identifier: Apache-2.0
-- Texts are found within words, too: the words of a mailbox are known, and those in which a text stands are looked up.

-- Words are kept in the form that i;unicode-casemap compares from now on, so that the index finds what a look at the messages finds. What there was
-- had another form. It is made again in the background; until then those mailboxes are searched as if nobody had asked for an index.
truncate blob_words;
update mailbox_words set indexed_uid = 0;
alter table mailbox_words
    add column noted  bigint not null default 0;      -- messages whose words were added to the vocabulary since it was begun

alter table blob_words
    add column whole   boolean not null,              -- whether every word is there; else the message must be looked at, too
    add column prefix  text    not null;              -- MD5 of the prefix (message.prefix) that was read with the octets
create index blob_words_partial on blob_words (account_id) where not whole;

-- The words of a mailbox: those of headers, and those of bodies. Written in batches, of which small ones are joined; a word may be in several.
-- Pages are read whole: a newline stands before, between and behind the words.
create table mailbox_vocabulary (
    mailbox_id  bigint  not null references mailbox (id) on delete cascade,
    in_header   boolean not null,
    batch       bigint  not null,
    page        integer not null,
    words       text    not null,
    primary key (mailbox_id, in_header, batch, page)
);
alter table mailbox_vocabulary alter column words set storage external;
