-- Annotations (RFC 5464). The reader is who alone sees a private one; null: shared by all who may see the mailbox or log in.
create table mailbox_annotation (
    mailbox_id  bigint not null references mailbox (id) on delete cascade,
    account_id  bigint not null,                      -- who owns the mailbox
    reader_id   bigint references account (id) on delete cascade,
    entry       text   not null,                      -- lower case, without /private or /shared
    value       bytea  not null,
    unique nulls not distinct (mailbox_id, reader_id, entry)
);
create index mailbox_annotation_account on mailbox_annotation (account_id);
create index mailbox_annotation_reader on mailbox_annotation (reader_id);

create table server_annotation (
    reader_id   bigint references account (id) on delete cascade,
    entry       text   not null,
    value       bytea  not null,
    unique nulls not distinct (reader_id, entry)
);
