// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.imap.ImapCommand.Tagged;
import org.wildpost.core.sasl.Secret;

/** From a frame to a command: one method per rule of RFC 9051 §9. */
final class ImapParser {
    private final Frame frame;
    private final Cursor in;

    private ImapParser(Frame frame, ImapLimits limits, Set<Extension> enabled) {
        this.frame = frame;
        this.in = new Cursor(frame, limits, enabled);
    }

    /** Reads the whole command, whatever the state. */
    static Tagged parse(Frame frame, ImapLimits limits, Set<Extension> enabled) throws ImapParseException {
        return new ImapParser(frame, limits, enabled).command();
    }

    private Tagged command() throws ImapParseException {
        String tag = in.tag();
        in.space();
        String verb = in.keyword();
        if (verb.equals("UID")) {
            in.space();
            verb = "UID " + in.keyword();
        }
        Optional<CommandName> name = CommandName.of(verb);
        if (name.isEmpty()) {
            return new Tagged(tag, CommandName.UNRECOGNISED, new AnyStateCommand.Unrecognised(verb));
        }
        ImapCommand command = arguments(name.get());
        in.end();
        return new Tagged(tag, name.get(), command);
    }

    private ImapCommand arguments(CommandName name) throws ImapParseException {
        return switch (name) {
            case CAPABILITY -> new AnyStateCommand.Capability();
            case NOOP -> new AnyStateCommand.Noop();
            case LOGOUT -> new AnyStateCommand.Logout();
            case STARTTLS -> new LoginCommand.StartTls();
            case UNAUTHENTICATE -> new MailboxCommand.Unauthenticate();
            case NAMESPACE -> new MailboxCommand.Namespace();
            case IDLE -> new MailboxCommand.Idle();
            case CHECK -> new MessageCommand.Check();
            case CLOSE -> new MessageCommand.Close();
            case UNSELECT -> new MessageCommand.Unselect();
            case EXPUNGE -> new MessageCommand.Expunge(Optional.empty());
            case UNRECOGNISED -> new AnyStateCommand.Unrecognised("");
            default -> {
                in.space();
                yield withArguments(name);
            }
        };
    }

    private ImapCommand withArguments(CommandName name) throws ImapParseException {
        return switch (name) {
            case ID -> new IdParser(in).id();
            case AUTHENTICATE -> authenticate();
            case LOGIN -> login();
            case ENABLE -> enable();
            case SELECT -> new SelectParser(in).select(false);
            case EXAMINE -> new SelectParser(in).select(true);
            case CREATE -> new MailboxParser(in).create();
            case DELETE -> new MailboxParser(in).delete();
            case RENAME -> new MailboxParser(in).rename();
            case SUBSCRIBE -> new MailboxCommand.Subscribe(in.mailbox(), true);
            case UNSUBSCRIBE -> new MailboxCommand.Subscribe(in.mailbox(), false);
            case LIST -> new ListParser(in).list();
            case LSUB -> new ListParser(in).lsub();
            case STATUS -> new MailboxParser(in).status();
            case NOTIFY -> new NotifyParser(in).notifications();
            case COMPRESS -> new MailboxCommand.Compress(in.keyword());
            case SETACL -> new AccessParser(in).setAcl();
            case DELETEACL -> new AccessParser(in).deleteAcl();
            case GETACL -> new AccessCommand.GetAcl(in.mailbox());
            case LISTRIGHTS -> new AccessParser(in).listRights();
            case MYRIGHTS -> new AccessCommand.MyRights(in.mailbox());
            case GETQUOTA -> new QuotaParser(in).getQuota();
            case GETQUOTAROOT -> new MailboxCommand.GetQuotaRoot(in.mailbox());
            case SETQUOTA -> new QuotaParser(in).setQuota();
            case GETMETADATA -> new MetadataParser(in).get();
            case SETMETADATA -> new MetadataParser(in).set();
            case APPEND -> new AppendParser(in, frame.message(), false).append();
            case UID_EXPUNGE -> new MessageCommand.Expunge(Optional.of(in.sequenceSet()));
            case SEARCH -> new SearchCommandParser(in).search(false);
            case UID_SEARCH -> new SearchCommandParser(in).search(true);
            case SORT -> new SearchCommandParser(in).sort(false);
            case UID_SORT -> new SearchCommandParser(in).sort(true);
            case THREAD -> new SearchCommandParser(in).thread(false);
            case UID_THREAD -> new SearchCommandParser(in).thread(true);
            case ESEARCH -> new SearchCommandParser(in).multiSearch();
            case CANCELUPDATE -> new SearchCommandParser(in).cancelUpdate();
            case FETCH -> new MessageParser(in).fetch(false);
            case UID_FETCH -> new MessageParser(in).fetch(true);
            case STORE -> new MessageParser(in).store(false);
            case UID_STORE -> new MessageParser(in).store(true);
            case REPLACE -> new AppendParser(in, frame.message(), true).replace(false);
            case UID_REPLACE -> new AppendParser(in, frame.message(), true).replace(true);
            case COPY -> new MessageParser(in).copy(false);
            case UID_COPY -> new MessageParser(in).copy(true);
            case MOVE -> new MessageParser(in).move(false);
            case UID_MOVE -> new MessageParser(in).move(true);
            default -> throw in.error("no arguments expected");
        };
    }

    /** authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]. */
    private ImapCommand authenticate() throws ImapParseException {
        String mechanism = in.keyword();
        if (!in.accept(' ') || in.peek() == Cursor.END) {
            return new LoginCommand.Authenticate(mechanism, Optional.empty());
        }
        return new LoginCommand.Authenticate(mechanism, Optional.of(new Secret(in.atom())));
    }

    private ImapCommand login() throws ImapParseException {
        String username = Cursor.utf8(in.astring());
        in.space();
        return new LoginCommand.Login(username, new Secret(Cursor.utf8(in.astring())));
    }

    private ImapCommand enable() throws ImapParseException {
        List<String> capabilities = new ArrayList<>();
        do {
            capabilities.add(in.keyword());
        } while (in.accept(' ') && in.peek() != Cursor.END);
        return new MailboxCommand.Enable(capabilities);
    }
}
