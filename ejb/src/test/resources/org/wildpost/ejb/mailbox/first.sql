-- SPDX-License-Identifier: Apache-2.0
-- What the first version, with the migrations V1 to V5, held of the mail in FirstMail: written by that version, and not to be changed.
insert into domain (id, name, disabled, created_at, updated_at, alias_of, forward_to, catch_all)
    values ('1', 'demo.test', 'false', '2024-02-01 00:00:00+00', '2024-02-01 00:00:00+00', NULL, NULL, NULL);
insert into account (id, domain_id, local_part, address, display_name, password_hash, super_admin, disabled, redirect_to, quota_bytes, language, created_at, updated_at, redirect_only, discard, internal_only, copy_to_sent, strict_from, sending_frozen_at, sending_frozen_reason)
    values ('1', '1', 'alice', 'alice@demo.test', '', '{none}', 'false', 'false', '{}', NULL, NULL, '2024-02-01 00:00:00+00', '2024-02-01 00:00:00+00', 'false', 'false', 'false', 'false', 'true', NULL, NULL);
insert into account (id, domain_id, local_part, address, display_name, password_hash, super_admin, disabled, redirect_to, quota_bytes, language, created_at, updated_at, redirect_only, discard, internal_only, copy_to_sent, strict_from, sending_frozen_at, sending_frozen_reason)
    values ('2', '1', 'bob', 'bob@demo.test', '', '{none}', 'false', 'false', '{}', NULL, NULL, '2024-02-01 00:00:00+00', '2024-02-01 00:00:00+00', 'false', 'false', 'false', 'false', 'true', NULL, NULL);
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('1', '1', 'INBOX', NULL, '1', '10', '11', '1', '8', '6', '1', '1492');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('10', '2', 'Junk', 'JUNK', '10', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('11', '2', 'Trash', 'TRASH', '11', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('12', '2', 'Archive', 'ARCHIVE', '12', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('13', '1', 'Projects', NULL, '13', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('14', '1', 'Projects/Köln', NULL, '14', '3', '2', '1', '2', '1', '0', '332');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('2', '1', 'Sent', 'SENT', '2', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('3', '1', 'Drafts', 'DRAFTS', '3', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('4', '1', 'Junk', 'JUNK', '4', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('5', '1', 'Trash', 'TRASH', '5', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('6', '1', 'Archive', 'ARCHIVE', '6', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('7', '2', 'INBOX', NULL, '7', '2', '2', '1', '1', '1', '0', '181');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('8', '2', 'Sent', 'SENT', '8', '1', '1', '1', '0', '0', '0', '0');
insert into mailbox (id, account_id, name, special_use, uid_validity, uid_next, highest_modseq, recent_from, messages, unseen, deleted, size)
    values ('9', '2', 'Drafts', 'DRAFTS', '9', '1', '1', '1', '0', '0', '0', '0');
insert into subscription (account_id, name)
    values ('1', 'Archive');
insert into subscription (account_id, name)
    values ('1', 'Drafts');
insert into subscription (account_id, name)
    values ('1', 'INBOX');
insert into subscription (account_id, name)
    values ('1', 'Junk');
insert into subscription (account_id, name)
    values ('1', 'Projects/Köln');
insert into subscription (account_id, name)
    values ('1', 'Sent');
insert into subscription (account_id, name)
    values ('1', 'Trash');
insert into subscription (account_id, name)
    values ('2', 'Archive');
insert into subscription (account_id, name)
    values ('2', 'Drafts');
insert into subscription (account_id, name)
    values ('2', 'INBOX');
insert into subscription (account_id, name)
    values ('2', 'Junk');
insert into subscription (account_id, name)
    values ('2', 'Sent');
insert into subscription (account_id, name)
    values ('2', 'Trash');
insert into blob (id, size, sha256, data, created_at)
    values ('1', '152', E'\\x3c5eb665bdb0800bbe8b77ef7a1113e8cdf91f4689ee268efc6c0a1bc4f16416', E'\\x46726f6d3a20416e6e203c616e6e40782e746573743e0d0a546f3a20616c6963654064656d6f2e746573740d0a5375626a6563743a2048656c6c6f20576f726c640d0a446174653a204d6f6e2c2031204a616e20323032342032333a33303a3030202d303530300d0a4d6573736167652d49443a203c706c61696e40783e0d0a0d0a746865206e6565646c65206c69657320686572650d0a', '2024-02-01 00:00:00+00');
insert into blob (id, size, sha256, data, created_at)
    values ('2', '121', E'\\x2aca94c40a7c699aaed4537a01606da17ea8dbbf20c46bc8bdc7ceb3c92afdb8', E'\\x46726f6d3a20426f62203c626f6240792e746573743e0d0a5375626a6563743a20506c616e730d0a446174653a205475652c2032204a616e20323032342031303a30303a3030202b303030300d0a4d6573736167652d49443a203c626567696e40793e0d0a0d0a77686174207368616c6c20776520646f0d0a', '2024-02-01 00:00:00+00');
insert into blob (id, size, sha256, data, created_at)
    values ('3', '180', E'\\xa5b1edcc8bba588308a7fef2c64b061c6977b2765bbea2f856a4f6e472ffe9eb', E'\\x46726f6d3a20416c696365203c616c6963654064656d6f2e746573743e0d0a5375626a6563743a2052653a20506c616e730d0a446174653a205475652c2032204a616e20323032342031313a30303a3030202b303030300d0a4d6573736167652d49443a203c616e737765724064656d6f3e0d0a496e2d5265706c792d546f3a203c626567696e40793e0d0a5265666572656e6365733a203c626567696e40793e0d0a0d0a7765207368616c6c20746573740d0a', '2024-02-01 00:00:00+00');
insert into blob (id, size, sha256, data, created_at)
    values ('4', '177', E'\\x25550d404b94520deb13404978f5bce0df3a3ff3a80a0f608fc6a54d2c436db8', E'\\x46726f6d3a20426f62203c626f6240792e746573743e0d0a5375626a6563743a2052653a20506c616e730d0a446174653a205475652c2032204a616e20323032342031323a30303a3030202b303030300d0a4d6573736167652d49443a203c6c61737440793e0d0a496e2d5265706c792d546f3a203c616e737765724064656d6f3e0d0a5265666572656e6365733a203c626567696e40793e203c616e737765724064656d6f3e0d0a0d0a676f6f640d0a', '2024-02-01 00:00:00+00');
insert into blob (id, size, sha256, data, created_at)
    values ('5', '383', E'\\x28fe0b8978f6e9e4f9f1e45c607b0d914cea449c8e14b9810b9183ca12c05976', E'\\x46726f6d3a203d3f7574662d383f423f35627967354c694a3f3d203c7a68616e67407a2e746573743e0d0a5375626a6563743a203d3f7574662d383f423f354c7961364b36753f3d0d0a446174653a205765642c2033204a616e20323032342031303a30303a3030202b303830300d0a4d6573736167652d49443a203c6368696e657365407a3e0d0a4d494d452d56657273696f6e3a20312e300d0a436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b20626f756e646172793d620d0a0d0a2d2d620d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d7574662d380d0a436f6e74656e742d5472616e736665722d456e636f64696e673a206261736536340d0a0d0a3570656c3536694c3561364a356f36530d0a2d2d620d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d7574662d380d0a0d0a3c703ee697a5e7a88be5ae89e68e923c2f703e0d0a2d2d622d2d0d0a', '2024-02-01 00:00:00+00');
insert into blob (id, size, sha256, data, created_at)
    values ('6', '99', E'\\xdf6cc74997e454f8a521bb28e92e4f4a9e60fb67ed86ee77f1f1cdfc01a873e0', E'\\x46726f6d3a2042c3a47262656c203c6261657262656c40772e746573743e0d0a5375626a6563743a204772c3bcc39f650d0a446174653a205468752c2034204a616e20323032342031303a30303a3030202b303130300d0a0d0a6bc3b66e6e74650d0a', '2024-02-01 00:00:00+00');
insert into blob (id, size, sha256, data, created_at)
    values ('7', '220', E'\\xa0697b4298594a728fa873f8f90540ee1005814df2de8185b16b8b14bb82c199', E'\\x46726f6d3a206361726c40762e746573740d0a5375626a6563743a206c6f6f6b0d0a436f6e74656e742d547970653a206d756c7469706172742f6d697865643b20626f756e646172793d6d0d0a0d0a2d2d6d0d0a436f6e74656e742d547970653a20746578742f706c61696e0d0a0d0a7365652062656c6f770d0a2d2d6d0d0a436f6e74656e742d547970653a206d6573736167652f7266633832320d0a0d0a46726f6d3a2064616e40752e746573740d0a5375626a6563743a20696e6e65726d6f73740d0a0d0a6465657020696e736964650d0a2d2d6d2d2d0d0a', '2024-02-01 00:00:00+00');
insert into blob (id, size, sha256, data, created_at)
    values ('8', '160', E'\\x51516fdd683e7ad93b9618ff8cfb968174d5e4233e1734c49288802d6d6a6b04', E'\\x46726f6d3a2065766540742e746573740d0a5375626a6563743a2061626f757420736f6d657468696e6720656c73650d0a446174653a204672692c2035204a616e20323032342031303a30303a3030202b303030300d0a4d6573736167652d49443a203c7265666572656e636540743e0d0a5265666572656e6365733a203c626567696e40793e203c6c6f737440793e0d0a0d0a627920746865207761790d0a', '2024-02-01 00:00:00+00');
insert into blob (id, size, sha256, data, created_at)
    values ('9', '17', E'\\xd7092a5b84b931d07c64ecf00c84da5095478792ed9bfe7e0731a7b827e5ce7a', E'\\x5375626a6563743a20676f6e650d0a0d0a', '2024-02-01 00:00:00+00');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('1', '1', '1', '1', '1', E'\\x', '152', '2024-01-05 06:07:08+00', '2024-01-02 04:30:00+00', '0', '{}', '2', E'\\x011f4d6f6e2c2031204a616e20323032342032333a33303a3030202d303530300c48656c6c6f20576f726c640104416e6e04616e6e07782e746573740000010006616c6963650a64656d6f2e746573740000000a3c706c61696e40783e', E'\\x01057465787406706c61696e0108636861727365740975732d6173636969000005376269740000000000820116010000', 'Hello World', 'the needle lies here');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('1', '2', '1', '3', '2', E'\\x', '121', '2024-01-05 06:08:08+00', '2024-01-02 10:00:00+00', '1', '{}', '3', E'\\x011f5475652c2032204a616e20323032342031303a30303a3030202b3030303006506c616e730104426f6204626f6207792e746573740000000000000a3c626567696e40793e', E'\\x01057465787406706c61696e0108636861727365740975732d61736369690000053762697400000000006712010000', 'Plans', 'what shall we do');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('1', '3', '1', '4', '3', E'\\x', '180', '2024-01-05 06:09:08+00', '2024-01-02 11:00:00+00', '3', '{$Work,later}', '4', E'\\x011f5475652c2032204a616e20323032342031313a30303a3030202b303030300a52653a20506c616e730106416c69636506616c6963650a64656d6f2e7465737400000000000a3c626567696e40793e0e3c616e737765724064656d6f3e', E'\\x01057465787406706c61696e0108636861727365740975732d6173636969000005376269740000000000a5010f010000', 'Re: Plans', 'we shall test');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('1', '4', '1', '5', '4', E'\\x', '177', '2024-01-05 06:10:08+00', '2024-01-02 12:00:00+00', '4', '{}', '5', E'\\x011f5475652c2032204a616e20323032342031323a30303a3030202b303030300a52653a20506c616e730104426f6204626f6207792e7465737400000000000e3c616e737765724064656d6f3e093c6c61737440793e', E'\\x01057465787406706c61696e0108636861727365740975732d6173636969000005376269740000000000ab0106010000', 'Re: Plans', 'good');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('1', '5', '1', '6', '5', E'\\x', '383', '2024-01-05 06:11:08+00', '2024-01-03 02:00:00+00', '8', '{}', '6', E'\\x011f5765642c2033204a616e20323032342031303a30303a3030202b30383030153d3f7574662d383f423f354c7961364b36753f3d01153d3f7574662d383f423f35627967354c694a3f3d067a68616e67077a2e746573740000000000000c3c6368696e657365407a3e', E'\\x010a6d756c7469706172740c616c7465726e61746976650109626f756e646172790262000005376269740000000000cf01b0010a0002057465787406706c61696e010863686172736574067574662d3800000762617365363400000000d401a2021000000005746578740568746d6c010863686172736574067574662d380000053762697400000000b902e30213000000', '会议', '日程安排');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('1', '6', '1', '7', '6', E'\\x', '99', '2024-01-05 06:12:08+00', '2024-01-04 09:00:00+00', '0', '{}', '7', E'\\x011f5468752c2034204a616e20323032342031303a30303a3030202b30313030084772c3bcc39f65010842c3a47262656c086261657262656c07772e7465737400000000000000', E'\\x01057465787406706c61696e0108636861727365740975732d61736369690000053762697400000000005a09010000', 'Grüße', 'könnte');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('1', '7', '1', '8', '7', E'\\x', '220', '2024-01-05 06:13:08+00', NULL, '16', '{}', '8', E'\\x0100056c6f6f6b0100056361726c07762e7465737400000000000000', E'\\x010a6d756c746970617274066d697865640109626f756e64617279026d0000053762697400000000004f8d010c0002057465787406706c61696e000000053762697400000000547009000000086d657373616765077266633832320000000537626974000000008001a001330301000a696e6e65726d6f737401000464616e07752e746573740000000000000001057465787406706c61696e0108636861727365740975732d61736369690000053762697400000000a001c8010b000000', 'look', 'see below');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('1', '8', '1', '9', '8', E'\\x', '160', '2024-01-05 06:14:08+00', '2024-01-05 10:00:00+00', '0', '{}', '9', E'\\x011f4672692c2035204a616e20323032342031303a30303a3030202b303030301561626f757420736f6d657468696e6720656c736501000465766507742e746573740000000000000e3c7265666572656e636540743e', E'\\x01057465787406706c61696e0108636861727365740975732d617363696900000537626974000000000094010c010000', 'about something else', 'by the way');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('14', '1', '1', '10', '1', E'\\x', '152', '2024-01-05 06:07:08+00', '2024-01-02 04:30:00+00', '0', '{}', '2', E'\\x011f4d6f6e2c2031204a616e20323032342032333a33303a3030202d303530300c48656c6c6f20576f726c640104416e6e04616e6e07782e746573740000010006616c6963650a64656d6f2e746573740000000a3c706c61696e40783e', E'\\x01057465787406706c61696e0108636861727365740975732d6173636969000005376269740000000000820116010000', 'Hello World', 'the needle lies here');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('14', '2', '1', '11', '3', E'\\x', '180', '2024-01-05 06:09:08+00', '2024-01-02 11:00:00+00', '3', '{$Work,later}', '2', E'\\x011f5475652c2032204a616e20323032342031313a30303a3030202b303030300a52653a20506c616e730106416c69636506616c6963650a64656d6f2e7465737400000000000a3c626567696e40793e0e3c616e737765724064656d6f3e', E'\\x01057465787406706c61696e0108636861727365740975732d6173636969000005376269740000000000a5010f010000', 'Re: Plans', 'we shall test');
insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date, sent_date, flags, keywords, modseq, envelope, structure, subject, preview)
    values ('7', '1', '2', '2', '1', E'\\x44656c6976657265642d546f3a20626f624064656d6f2e746573740d0a', '181', '2024-01-05 06:07:08+00', '2024-01-02 04:30:00+00', '0', '{}', '2', E'\\x011f4d6f6e2c2031204a616e20323032342032333a33303a3030202d303530300c48656c6c6f20576f726c640104416e6e04616e6e07782e746573740000010006616c6963650a64656d6f2e746573740000000a3c706c61696e40783e', E'\\x01057465787406706c61696e0108636861727365740975732d6173636969000005376269740000000000820116010000', 'Hello World', 'the needle lies here');
insert into expunged (mailbox_id, modseq, uid, expunged_at)
    values ('1', '11', '9', '2024-02-01 00:00:00+00');
select setval('message_seq', 1);
select setval('blob_seq', 1);
select setval('uid_validity_seq', 14);
select setval('domain_id_seq', 1);
select setval('account_id_seq', 2);
select setval('mailbox_id_seq', 14);
