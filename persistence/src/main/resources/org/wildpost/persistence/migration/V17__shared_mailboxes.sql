-- SPDX-License-Identifier: Apache-2.0
-- Mailboxes that anyone may look up are found by their owner and their name: as many as are shown, however many there are. Nodes that heard nothing find out
-- that rights and annotations changed.

alter table mailbox
    add column for_anyone boolean not null default false, -- the entries for anyone let it be looked up; kept by the triggers below
    add column unnumbered bigint  not null default 0;     -- how often something changed that has no MODSEQ: rights, and annotations that all see
update mailbox set for_anyone = true
 where id in (select mailbox_id from mailbox_access where grantee_id is null and rights like '%l%' group by mailbox_id having not bool_or(negative));
create index mailbox_for_anyone on mailbox (account_id, name collate "C") where for_anyone;

-- Also nodes of an earlier version write entries, while one after the other is brought up to date.
create function keep_for_anyone() returns trigger language plpgsql as $$
declare
    touched bigint := case when tg_op = 'DELETE' then old.mailbox_id else new.mailbox_id end;
    wanted  boolean;
begin
    select coalesce(not bool_or(negative), false) into wanted
      from mailbox_access where mailbox_id = touched and grantee_id is null and rights like '%l%';
    update mailbox set for_anyone = wanted where id = touched and for_anyone <> wanted;
    return null;
end $$;
create trigger mailbox_access_given after insert or update on mailbox_access
    for each row when (new.grantee_id is null) execute function keep_for_anyone();
create trigger mailbox_access_taken after delete on mailbox_access
    for each row when (old.grantee_id is null) execute function keep_for_anyone();
