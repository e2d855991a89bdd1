-- SPDX-License-Identifier: Apache-2.0
-- What messages are over all their copies, which conversation they belong to, and when they came into their mailbox. Names in Net-Unicode.

-- Columns that are null for what is stored: nothing is rewritten.
alter table message
    add column email_id   bigint,                     -- of a copy: the id of the message that was copied first; null: its own id
    add column thread_id  bigint,                     -- null: not looked at yet
    add column save_date  timestamptz;                -- when it came into this mailbox; null: nobody knows
alter table message alter column save_date set default now();

-- Which conversation a Message-ID or a subject of an account belongs to, by a hash of it. A conversation has the id of its first message.
create table thread_ref (
    account_id  bigint      not null references account (id) on delete cascade,
    hash        bigint      not null,
    thread_id   bigint      not null,
    seen_at     timestamptz not null,                 -- the internal date of the latest message with it
    primary key (account_id, hash)
);

-- Names are composed (NFC) and have no separators of lines and paragraphs. Where two names become one, the later mailbox gets a number.
do $$
declare
    other  record;
    base   text;
    wanted text;
    n      integer;
    ends   text;                                      -- U+2028 and U+2029, once it is known that the database can hold them
begin
    if getdatabaseencoding() <> 'UTF8' then
        return;
    end if;
    ends := chr(8232) || chr(8233);
    for other in select id, account_id, name from mailbox
                  where name is not nfc normalized or name ~ ('[' || ends || ']') order by id loop
        base := left(translate(normalize(other.name, nfc), ends, '__'), 250);
        wanted := base;
        n := 1;
        while exists (select 1 from mailbox where account_id = other.account_id and name = wanted) loop
            n := n + 1;
            wanted := left(base, 240) || ' (' || n || ')';
        end loop;
        update mailbox set name = wanted where id = other.id;
    end loop;
    insert into subscription (account_id, name)
        select account_id, left(translate(normalize(name, nfc), ends, '__'), 250) from subscription
         where name is not nfc normalized or name ~ ('[' || ends || ']')
        on conflict do nothing;
    delete from subscription where name is not nfc normalized or name ~ ('[' || ends || ']');
end $$;
