-- SPDX-License-Identifier: Apache-2.0
-- Mailboxes that are shared: who may do what with them, and what each of those has seen.

create table mailbox_access (
    mailbox_id  bigint  not null references mailbox (id) on delete cascade,
    grantee_id  bigint  references account (id) on delete cascade,   -- null: anyone
    negative    boolean not null,                                    -- the rights are taken away
    rights      text    not null                                     -- letters of RFC 4314 §2.1
);
create unique index mailbox_access_key on mailbox_access (mailbox_id, coalesce(grantee_id, 0), negative);
create index mailbox_access_grantee on mailbox_access (grantee_id);

-- \Seen of those who are not the owner; nothing here: not seen. The MODSEQ is the mailbox's. No foreign key to the message, for EXPUNGE shall not look
-- here: rows of messages that are gone are taken away when the reader comes the next time.
create table reader_seen (
    mailbox_id  bigint  not null references mailbox (id) on delete cascade,
    account_id  bigint  not null references account (id) on delete cascade,
    uid         bigint  not null,
    seen        boolean not null,
    modseq      bigint  not null,
    primary key (mailbox_id, account_id, uid)
);
create index reader_seen_modseq on reader_seen (account_id, mailbox_id, modseq);

-- The first level of others' mailboxes is nobody's own: mailboxes that have it move to the next free name.
do $$
declare
    other  record;
    root   text;
    n      integer;
begin
    for other in select distinct account_id from mailbox
                  where name = 'Other Users' or starts_with(name, 'Other Users/') loop
        root := 'Other Users_';
        n := 1;
        while exists (select 1 from mailbox where account_id = other.account_id
                      and (name = root or starts_with(name, root || '/')))
           or exists (select 1 from subscription where account_id = other.account_id
                      and (name = root or starts_with(name, root || '/'))) loop
            n := n + 1;
            root := 'Other Users_' || n;
        end loop;
        update mailbox set name = left(root || substr(name, 12), 250)
         where account_id = other.account_id and (name = 'Other Users' or starts_with(name, 'Other Users/'));
        update subscription set name = left(root || substr(name, 12), 250)
         where account_id = other.account_id and (name = 'Other Users' or starts_with(name, 'Other Users/'));
    end loop;
end $$;
