-- SPDX-License-Identifier: Apache-2.0
-- What changes of a message apart from what never does, so that a change of flags is written in place (ADR 12). Rewrites all rows of messages,
-- but not their octets.

-- What the octets of a message say, found once when they come in, and shared by all copies of it. Nothing here ever changes; it goes with the blob.
create table content (
    blob_id     bigint  not null,
    email_id    bigint  not null,                     -- the id of the message that was there first
    prefix      bytea   not null,                     -- this recipient's trace fields, before the blob's octets
    envelope    bytea   not null,                     -- MimeCodec
    structure   bytea   not null,                     -- MimeCodec, offsets of the blob alone
    subject     text    not null,                     -- decoded, for list views
    preview     text    not null,
    primary key (blob_id, email_id)
);
insert into content
    select blob_id, coalesce(email_id, id), prefix, envelope, structure, subject, preview from message
    on conflict do nothing;
insert into content
    select v.blob_id, coalesce(v.email_id, v.id), v.prefix, v.envelope, v.structure, v.subject, v.preview
      from vault_message v join blob b on b.id = v.blob_id
    on conflict do nothing;
-- Added last: a row that is inserted under it locks its blob's row, which writes that.
alter table content add constraint content_blob foreign key (blob_id) references blob (id) on delete cascade;

-- No foreign keys and as few indexes as there can be, for a COPY of a mailbox would ask each of them for each message. Half of a page stays free,
-- where the new version of a row goes when flags change: as long as no index has flags or modseq, no index is touched then.
alter table message rename to message_before;
create table message_row (
    mailbox_id     bigint      not null,
    uid            bigint      not null,
    account_id     bigint      not null,
    id             bigint      not null,              -- stable over moves; what UIDL shows
    email_id       bigint      not null,              -- the id of the message that was copied first, its own when none was
    thread_id      bigint,                            -- null: not looked at yet
    blob_id        bigint      not null,
    size           bigint      not null,              -- octets of prefix and blob
    internal_date  timestamptz not null,
    sent_date      timestamptz,
    save_date      timestamptz,                       -- when it came into this mailbox; null: nobody knows
    modseq         bigint      not null,
    flags          integer     not null default 0,    -- SystemFlag bits
    keywords       text[]      not null default '{}',
    gone           boolean     not null default false -- expunged, on its way into the vault
) with (fillfactor = 50);
insert into message_row
    select mailbox_id, uid, account_id, id, coalesce(email_id, id), thread_id, blob_id, size, internal_date, sent_date, save_date, modseq, flags,
           keywords
      from message_before order by mailbox_id, uid;
drop table message_before;
alter table message_row alter column save_date set default now();
alter table message_row add constraint message_row_pkey primary key (mailbox_id, uid);
create index message_row_blob on message_row (blob_id);
create index message_row_keywords on message_row (mailbox_id, uid) where keywords <> '{}';

-- The messages that are there; what is written here is written to the table.
create view message as
    select mailbox_id, uid, account_id, id, email_id, thread_id, blob_id, size, internal_date, sent_date, save_date, modseq, flags, keywords
      from message_row where not gone;

alter table vault_message
    drop column prefix,
    drop column envelope,
    drop column structure,
    drop column subject,
    drop column preview;
update vault_message set email_id = id where email_id is null;
alter table vault_message alter column email_id set not null;

-- What happened to the messages of a mailbox: whose flags changed, and which are gone. New ones have greater UIDs than all before and are not here.
create table mailbox_change (
    mailbox_id  bigint         not null references mailbox (id) on delete cascade,
    modseq      bigint         not null,
    gone        boolean        not null,
    uids        int8multirange not null,
    changed_at  timestamptz    not null default now(),
    unfiled     boolean        not null default false, -- the messages, which are gone, are still to be put into the vault
    primary key (mailbox_id, modseq, gone)
);
create index mailbox_change_unfiled on mailbox_change (mailbox_id, modseq) where unfiled;
create index mailbox_change_age on mailbox_change using brin (changed_at);
insert into mailbox_change
    select mailbox_id, modseq, true, range_agg(int8range(uid, uid, '[]')), max(expunged_at) from expunged group by mailbox_id, modseq;
drop table expunged;
alter table mailbox rename column tombstones_since to changes_since;

analyze content, message_row, mailbox_change, vault_message;
