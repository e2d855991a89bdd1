-- SPDX-License-Identifier: Apache-2.0
-- What was expunged can be restored for a while; what nobody refers to is swept away after it was marked.

-- Rows of messages as they were. No foreign keys: each would be looked up for each message of an EXPUNGE. The sweep looks here before it takes
-- a blob, and an account takes its rows with it when it is deleted.
create table vault_message (
    account_id     bigint      not null,
    id             bigint      not null,              -- message.id
    email_id       bigint,
    thread_id      bigint,
    mailbox_name   text        not null,              -- where it was
    expunged_at    timestamptz not null default now(),
    blob_id        bigint      not null,
    prefix         bytea       not null,
    size           bigint      not null,
    internal_date  timestamptz not null,
    sent_date      timestamptz,
    flags          integer     not null,
    keywords       text[]      not null,
    envelope       bytea       not null,
    structure      bytea       not null,
    subject        text        not null,
    preview        text        not null,
    primary key (account_id, id)
);
create index vault_message_blob on vault_message (blob_id);
create index vault_message_age on vault_message using brin (expunged_at);

-- Blobs that nothing referred to when they were looked at.
create table blob_mark (
    blob_id    bigint      primary key references blob (id) on delete cascade,
    marked_at  timestamptz not null
);

-- How far the marking came, and which node is at it.
create table blob_sweep (
    one          boolean     primary key default true check (one),
    position     bigint      not null default 0,
    lease_until  timestamptz not null default '-infinity'
);
insert into blob_sweep default values;
