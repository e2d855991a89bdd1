// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.Duration;

/**
 * How much one IMAP client may ask for.
 *
 * @param line          octets of one line of a command
 * @param literal       octets of one literal that is not a message
 * @param command       octets of a whole command, its literals included, a message not
 * @param arguments     words of one command
 * @param nesting       depth of parentheses, NOT and OR in SEARCH, and of part numbers in FETCH
 * @param badCommands   answers BAD without an OK between them, after which the session ends; sessions live for days, and an old client may ask the
 *                      same wrong question once in an hour
 * @param loginFailures refused logins in one session, after which it ends
 * @param loginTime     how long a client may stay without a login
 * @param idleTime      how long a client with a login may be silent (RFC 9051 §5.4: at least 30 minutes)
 * @param commands      commands of one session
 * @param messageSize   octets of a message in APPEND, as APPENDLIMIT says it (RFC 7889)
 * @param appendSize    octets of all messages of one APPEND together; each counts as {@value #LEAST_APPEND} at least, for it may take a file of its own
 * @param saveLimit     messages of one APPEND or COPY, as SAVELIMIT says it (RFC 9738): each is one transaction, which keeps the mailbox to itself. It
 *                      is not below what a large mailbox has, for clients copy all of it at once
 * @param notifyMailboxes mailboxes whose messages or annotations one session may watch by NOTIFY (RFC 5465 §5.8): each is looked at whenever it changes
 * @param progress      how long a client hears nothing of a command that is at work (RFC 9585 §3)
 */
public record ImapLimits(
        int line,
        int literal,
        int command,
        int arguments,
        int nesting,
        int badCommands,
        int loginFailures,
        Duration loginTime,
        Duration idleTime,
        long commands,
        long messageSize,
        long appendSize,
        int saveLimit,
        int notifyMailboxes,
        Duration progress) {
    /** What a message of an APPEND counts at least. */
    static final long LEAST_APPEND = 4096;

    /** Octets of a literal that a client without a login may send before it is told to: LITERAL- (RFC 7888 §5). */
    public static final int SMALL_LITERAL = 4096;

    /** What a server has that nobody configured. */
    public static final ImapLimits DEFAULTS = new ImapLimits(
            64 * 1024,
            64 * 1024,
            256 * 1024,
            10_000,
            100,
            10,
            3,
            Duration.ofMinutes(3),
            Duration.ofMinutes(30),
            1_000_000,
            50L * 1024 * 1024,
            256L * 1024 * 1024,
            250_000,
            1_000,
            Duration.ofSeconds(10));

    /** One message alone may always have its size. */
    public ImapLimits {
        appendSize = Math.max(appendSize, messageSize);
    }

    /** The same limits with another size of messages. */
    public ImapLimits withMessageSize(long octets) {
        return new ImapLimits(
                line,
                literal,
                command,
                arguments,
                nesting,
                badCommands,
                loginFailures,
                loginTime,
                idleTime,
                commands,
                octets,
                appendSize,
                saveLimit,
                notifyMailboxes,
                progress);
    }

    /** The same limits with other sizes of what is not a message. */
    public ImapLimits withSizes(int lineOctets, int literalOctets, int commandOctets) {
        return new ImapLimits(
                lineOctets,
                literalOctets,
                commandOctets,
                arguments,
                nesting,
                badCommands,
                loginFailures,
                loginTime,
                idleTime,
                commands,
                messageSize,
                appendSize,
                saveLimit,
                notifyMailboxes,
                progress);
    }

    /** The same limits with other times. */
    public ImapLimits withTimes(Duration login, Duration idle) {
        return new ImapLimits(
                line,
                literal,
                command,
                arguments,
                nesting,
                badCommands,
                loginFailures,
                login,
                idle,
                commands,
                messageSize,
                appendSize,
                saveLimit,
                notifyMailboxes,
                progress);
    }

    /** The same limits with other numbers of commands, bad commands and failed logins. */
    public ImapLimits withCounts(long allCommands, int bad, int failures) {
        return new ImapLimits(
                line,
                literal,
                command,
                arguments,
                nesting,
                bad,
                failures,
                loginTime,
                idleTime,
                allCommands,
                messageSize,
                appendSize,
                saveLimit,
                notifyMailboxes,
                progress);
    }

    /** The same limits for several messages in one command. */
    public ImapLimits withAppends(long octets, int messages) {
        return new ImapLimits(
                line,
                literal,
                command,
                arguments,
                nesting,
                badCommands,
                loginFailures,
                loginTime,
                idleTime,
                commands,
                messageSize,
                octets,
                messages,
                notifyMailboxes,
                progress);
    }

    /** The same limits with another number of mailboxes to watch. */
    public ImapLimits withNotifyMailboxes(int mailboxes) {
        return new ImapLimits(
                line,
                literal,
                command,
                arguments,
                nesting,
                badCommands,
                loginFailures,
                loginTime,
                idleTime,
                commands,
                messageSize,
                appendSize,
                saveLimit,
                mailboxes,
                progress);
    }

    /** The same limits for commands that take long. */
    public ImapLimits withProgress(Duration silence) {
        return new ImapLimits(
                line,
                literal,
                command,
                arguments,
                nesting,
                badCommands,
                loginFailures,
                loginTime,
                idleTime,
                commands,
                messageSize,
                appendSize,
                saveLimit,
                notifyMailboxes,
                silence);
    }
}
