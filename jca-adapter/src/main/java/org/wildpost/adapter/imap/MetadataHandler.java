// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Map;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.AnnotationsResult;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;

/** GETMETADATA and SETMETADATA (RFC 5464 §4.2 and §4.3). */
final class MetadataHandler {
    private static final Reply NO_MAILBOX = Reply.no("NONEXISTENT", "no such mailbox");

    private final ImapContext context;

    MetadataHandler(ImapContext context) {
        this.context = context;
    }

    Reply get(MailboxCommand.GetMetadata command) throws IOException {
        AccountId account = context.account();
        MetadataQuery query = command.request().query();
        AnnotationsResult result = context.ask(l -> command.mailbox().isPresent()
                ? l.metadata(account, command.mailbox().get(), query)
                : new AnnotationsResult.Found(l.serverMetadata(account, query)));
        return switch (result) {
            case AnnotationsResult.Found(Map<AnnotationName, byte[]> found) -> told(command, found);
            case AnnotationsResult.NoSuchMailbox() -> NO_MAILBOX;
            case AnnotationsResult.NoPermission() -> AccessHandler.NO_PERMISSION;
        };
    }

    private Reply told(MailboxCommand.GetMetadata command, Map<AnnotationName, byte[]> found) throws IOException {
        MetadataResponses responses = new MetadataResponses(context.writer(), command.request());
        responses.write(command.mailbox(), found);
        return done("GETMETADATA", responses);
    }

    /** With the size of what was too long for the client (RFC 5464 §4.2.1). */
    static Reply done(String command, MetadataResponses responses) {
        return responses.longest() > 0
                ? Reply.ok("METADATA LONGENTRIES " + responses.longest(), command + " done")
                : Reply.ok(command + " done");
    }

    /** RFC 5464 §4.3, with the octets that a value may have. */
    static Reply tooLong(int limit) {
        return Reply.no("METADATA MAXSIZE " + limit, "a value has at most " + limit + " octets");
    }

    Reply set(MailboxCommand.SetMetadata command) {
        AccountId account = context.account();
        MetadataResult result = context.ask(l -> command.mailbox().isPresent()
                ? l.annotate(account, command.mailbox().get(), command.values())
                : l.annotateServer(account, command.values()));
        return switch (result) {
            case MetadataResult.Done() -> {
                context.notices().annotated(command.mailbox(), command.values());
                yield Reply.ok("SETMETADATA done");
            }
            case MetadataResult.NoSuchMailbox() -> NO_MAILBOX;
            case MetadataResult.TooLong(int limit) -> tooLong(limit);
            case MetadataResult.TooMany() -> Reply.no("METADATA TOOMANY", "too many annotations");
            case MetadataResult.NotPermitted() ->
                command.mailbox().isPresent()
                        ? AccessHandler.NO_PERMISSION
                        : Reply.no("NOPERM", "an administrator may set that");
            case MetadataResult.ReadOnly() -> Reply.no("CANNOT", "this annotation is read-only");
            case MetadataResult.UseRefused() -> Reply.no("USEATTR", "the mailbox cannot have this special use");
        };
    }
}
