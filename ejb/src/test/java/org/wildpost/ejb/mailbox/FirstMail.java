// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.util.List;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/**
 * The mail in the database of the first version, {@code first.sql}: what INBOX of alice@demo.test holds.
 *
 * @param uid from 1
 */
record FirstMail(long uid, Flags flags, String text) {
    static final FirstMail PLAIN = mail(1, Flags.NONE, """
            From: Ann <ann@x.test>
            To: alice@demo.test
            Subject: Hello World
            Date: Mon, 1 Jan 2024 23:30:00 -0500
            Message-ID: <plain@x>

            the needle lies here
            """);

    static final FirstMail BEGINNING = mail(2, Flags.of(SystemFlag.SEEN), """
            From: Bob <bob@y.test>
            Subject: Plans
            Date: Tue, 2 Jan 2024 10:00:00 +0000
            Message-ID: <begin@y>

            what shall we do
            """);

    static final FirstMail ANSWER =
            mail(3, new Flags(SystemFlag.SEEN.bit() | SystemFlag.ANSWERED.bit(), List.of("$Work", "later")), """
            From: Alice <alice@demo.test>
            Subject: Re: Plans
            Date: Tue, 2 Jan 2024 11:00:00 +0000
            Message-ID: <answer@demo>
            In-Reply-To: <begin@y>
            References: <begin@y>

            we shall test
            """);

    static final FirstMail LAST_ANSWER = mail(4, Flags.of(SystemFlag.FLAGGED), """
            From: Bob <bob@y.test>
            Subject: Re: Plans
            Date: Tue, 2 Jan 2024 12:00:00 +0000
            Message-ID: <last@y>
            In-Reply-To: <answer@demo>
            References: <begin@y> <answer@demo>

            good
            """);

    static final FirstMail CHINESE = mail(5, Flags.of(SystemFlag.DELETED), """
            From: =?utf-8?B?5byg5LiJ?= <zhang@z.test>
            Subject: =?utf-8?B?5Lya6K6u?=
            Date: Wed, 3 Jan 2024 10:00:00 +0800
            Message-ID: <chinese@z>
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            5pel56iL5a6J5o6S
            --b
            Content-Type: text/html; charset=utf-8

            <p>\u65e5\u7a0b\u5b89\u6392</p>
            --b--
            """);

    static final FirstMail RAW = mail(6, Flags.NONE, """
            From: B\u00e4rbel <baerbel@w.test>
            Subject: Gr\u00fc\u00dfe
            Date: Thu, 4 Jan 2024 10:00:00 +0100

            k\u00f6nnte
            """);

    static final FirstMail FORWARDED = mail(7, Flags.of(SystemFlag.DRAFT), """
            From: carl@v.test
            Subject: look
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: text/plain

            see below
            --m
            Content-Type: message/rfc822

            From: dan@u.test
            Subject: innermost

            deep inside
            --m--
            """);

    /** What it answers is told by References alone, which this version did not keep. */
    static final FirstMail REFERENCE = mail(8, Flags.NONE, """
            From: eve@t.test
            Subject: about something else
            Date: Fri, 5 Jan 2024 10:00:00 +0000
            Message-ID: <reference@t>
            References: <begin@y> <lost@y>

            by the way
            """);

    static List<FirstMail> all() {
        return List.of(PLAIN, BEGINNING, ANSWER, LAST_ANSWER, CHINESE, RAW, FORWARDED, REFERENCE);
    }

    private static FirstMail mail(long uid, Flags flags, String text) {
        return new FirstMail(uid, flags, text.replace("\n", "\r\n"));
    }
}
