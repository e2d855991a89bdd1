-- How many messages an account may have in all its mailboxes; null: any number. quota_bytes is there from the first file on.
alter table account add column quota_messages bigint;
