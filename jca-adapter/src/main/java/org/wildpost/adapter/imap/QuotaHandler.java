// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.imap.QuotaResult;

/** GETQUOTA, GETQUOTAROOT and SETQUOTA (RFC 9208 §4): the mailboxes of an owner share one quota root. */
final class QuotaHandler {
    /** RFC 9208 §5.1: octets of a unit of STORAGE. */
    static final long UNIT = 1024;

    private static final String STORAGE = "STORAGE";
    private static final String MESSAGE = "MESSAGE";

    private final ImapContext context;
    private final ImapWriter out;

    QuotaHandler(ImapContext context) {
        this.context = context;
        this.out = context.writer();
    }

    Reply getQuota(MailboxCommand.GetQuota command) throws IOException {
        AccountId account = context.account();
        return reply("GETQUOTA", context.ask(l -> l.quota(account, command.root())));
    }

    Reply getQuotaRoot(MailboxCommand.GetQuotaRoot command) throws IOException {
        AccountId account = context.account();
        return switch (context.ask(l -> l.quotaRoot(account, command.mailbox()))) {
            case QuotaResult.Told(Quota quota) -> {
                out.text("* QUOTAROOT ")
                        .mailbox(command.mailbox())
                        .text(" ")
                        .string(quota.root())
                        .endLine();
                write(quota);
                yield Reply.ok("GETQUOTAROOT done");
            }
            case QuotaResult.NoSuchRoot() -> Reply.no("NONEXISTENT", "no such mailbox");
            case QuotaResult.NotPermitted() -> AccessHandler.NO_PERMISSION;
        };
    }

    /** A resource without a limit in the command has none afterwards. */
    Reply setQuota(MailboxCommand.SetQuota command) throws IOException {
        Map<String, Long> wanted = new HashMap<>(command.limits());
        QuotaLimits limits = new QuotaLimits(octets(wanted.remove(STORAGE)), number(wanted.remove(MESSAGE)));
        if (!wanted.isEmpty()) {
            return Reply.no("CANNOT", "only STORAGE and MESSAGE can be limited");
        }
        AccountId account = context.account();
        return reply("SETQUOTA", context.ask(l -> l.setQuota(account, command.root(), limits)));
    }

    private static OptionalLong number(@Nullable Long limit) {
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    private static OptionalLong octets(@Nullable Long limit) {
        return limit == null ? OptionalLong.empty() : OptionalLong.of(Math.min(limit, Long.MAX_VALUE / UNIT) * UNIT);
    }

    private Reply reply(String command, QuotaResult result) throws IOException {
        return switch (result) {
            case QuotaResult.Told(Quota quota) -> {
                write(quota);
                yield Reply.ok(command + " done");
            }
            case QuotaResult.NoSuchRoot() -> Reply.no("NONEXISTENT", "no such quota root");
            case QuotaResult.NotPermitted() -> Reply.no("NOPERM", "an administrator may do that");
        };
    }

    private void write(Quota quota) throws IOException {
        List<String> words = new ArrayList<>();
        quota.limits().octets().ifPresent(limit -> {
            words.add(STORAGE);
            words.add(Long.toString(units(quota.used().octets())));
            words.add(Long.toString(units(limit)));
        });
        quota.limits().messages().ifPresent(limit -> {
            words.add(MESSAGE);
            words.add(Long.toString(quota.used().messages()));
            words.add(Long.toString(limit));
        });
        out.text("* QUOTA ").string(quota.root()).text(" ").list(words).endLine();
    }

    /** Both sides are rounded up, so that what is within its limit looks so. */
    private static long units(long octets) {
        return Math.ceilDiv(octets, UNIT);
    }

    /** Tells whoever moved messages, which needs no room, that there is more than allowed (RFC 9208 §4.3.1). */
    static void warn(ImapContext context) throws IOException {
        AccountId account = context.account();
        if (!context.ask(l -> l.hasRoom(account, QuotaAmount.NONE))) {
            context.writer().untagged("NO [OVERQUOTA] there is more mail than the quota allows");
        }
    }
}
