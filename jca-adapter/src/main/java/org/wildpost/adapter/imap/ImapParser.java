// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.imap.ImapCommand.Tagged;
import org.wildpost.adapter.imap.MailboxCommand.ListOption;
import org.wildpost.adapter.imap.MailboxCommand.StatusItem;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.sasl.Secret;

/** From a frame to a command: one method per rule of RFC 9051 §9. */
final class ImapParser {
    /** Field and value pairs of ID (RFC 2971 §3.3). */
    private static final int ID_PAIRS = 30;

    private final Frame frame;
    private final Cursor in;

    private ImapParser(Frame frame, ImapLimits limits) {
        this.frame = frame;
        this.in = new Cursor(frame, limits);
    }

    /** Reads the whole command, whatever the state. */
    static Tagged parse(Frame frame, ImapLimits limits) throws ImapParseException {
        return new ImapParser(frame, limits).command();
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
        if (!(command instanceof MailboxCommand.Append)) {
            in.end();
        }
        return new Tagged(tag, name.get(), command);
    }

    private ImapCommand arguments(CommandName name) throws ImapParseException {
        return switch (name) {
            case CAPABILITY -> new AnyStateCommand.Capability();
            case NOOP -> new AnyStateCommand.Noop();
            case LOGOUT -> new AnyStateCommand.Logout();
            case STARTTLS -> new LoginCommand.StartTls();
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
            case ID -> id();
            case AUTHENTICATE -> authenticate();
            case LOGIN -> login();
            case ENABLE -> enable();
            case SELECT -> new MailboxCommand.Select(in.mailbox(), false);
            case EXAMINE -> new MailboxCommand.Select(in.mailbox(), true);
            case CREATE -> create();
            case DELETE -> new MailboxCommand.Delete(in.mailbox());
            case RENAME -> rename();
            case SUBSCRIBE -> new MailboxCommand.Subscribe(in.mailbox(), true);
            case UNSUBSCRIBE -> new MailboxCommand.Subscribe(in.mailbox(), false);
            case LIST -> list();
            case LSUB -> lsub();
            case STATUS -> status();
            case APPEND -> append();
            case UID_EXPUNGE -> new MessageCommand.Expunge(Optional.of(in.sequenceSet()));
            case SEARCH -> new MessageCommand.Search(false, new SearchParser(in).program());
            case UID_SEARCH -> new MessageCommand.Search(true, new SearchParser(in).program());
            case FETCH -> fetch(false);
            case UID_FETCH -> fetch(true);
            case STORE -> store(false);
            case UID_STORE -> store(true);
            case COPY -> new MessageCommand.Copy(false, set(), in.mailbox());
            case UID_COPY -> new MessageCommand.Copy(true, set(), in.mailbox());
            case MOVE -> new MessageCommand.Move(false, set(), in.mailbox());
            case UID_MOVE -> new MessageCommand.Move(true, set(), in.mailbox());
            default -> throw in.error("no arguments expected");
        };
    }

    private SequenceSet set() throws ImapParseException {
        SequenceSet set = in.sequenceSet();
        in.space();
        return set;
    }

    /** id = "ID" SP id-params-list (RFC 2971 §4). */
    private ImapCommand id() throws ImapParseException {
        if (in.accept('(')) {
            int pairs = 0;
            while (!in.accept(')')) {
                if (pairs++ > 0) {
                    in.space();
                }
                if (pairs > ID_PAIRS) {
                    throw in.error("more than " + ID_PAIRS + " fields");
                }
                in.string();
                in.space();
                in.nstring();
            }
        } else if (!in.acceptWord("NIL")) {
            throw in.error("'(' or NIL expected");
        }
        return new AnyStateCommand.Id();
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

    /** create = "CREATE" SP mailbox [SP "(" "USE" SP "(" [use-attr *(SP use-attr)] ")" ")"] (RFC 6154 §6). */
    private ImapCommand create() throws ImapParseException {
        MailboxName mailbox = in.newMailbox();
        Optional<SpecialUse> use = Optional.empty();
        if (in.accept(' ') && in.accept('(')) {
            if (!in.acceptWord("USE")) {
                throw in.error("USE expected");
            }
            in.space();
            in.expect('(');
            use = specialUses();
            in.expect(')');
        }
        return new MailboxCommand.Create(mailbox, use);
    }

    /** [use-attr *(SP use-attr)] ")"; a mailbox of ours has one use at most. */
    private Optional<SpecialUse> specialUses() throws ImapParseException {
        Optional<SpecialUse> use = Optional.empty();
        while (!in.accept(')')) {
            int start = in.position();
            if (use.isPresent()) {
                in.space();
                specialUse();
                throw new ImapParseException("a mailbox has one special use", start, ImapParseException.Kind.USE);
            }
            use = Optional.of(specialUse());
        }
        return use;
    }

    private SpecialUse specialUse() throws ImapParseException {
        int start = in.position();
        in.expect('\\');
        String word = "\\" + in.atom();
        for (SpecialUse use : SpecialUse.values()) {
            if (use.attribute().equalsIgnoreCase(word)) {
                return use;
            }
        }
        throw new ImapParseException("this special use is not offered", start, ImapParseException.Kind.USE);
    }

    private ImapCommand rename() throws ImapParseException {
        MailboxName from = in.mailbox();
        in.space();
        return new MailboxCommand.Rename(from, in.newMailbox());
    }

    private ImapCommand lsub() throws ImapParseException {
        String reference = in.astring();
        in.space();
        return new MailboxCommand.ListMailboxes(
                true, Set.of(), reference, List.of(in.listMailbox()), Set.of(), List.of());
    }

    /** list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]. */
    private ImapCommand list() throws ImapParseException {
        Set<ListOption> select = EnumSet.noneOf(ListOption.class);
        List<StatusItem> status = new ArrayList<>();
        if (in.accept('(')) {
            options(select, List.of(ListOption.values()), status);
            in.space();
        }
        String reference = in.astring();
        in.space();
        List<String> patterns = new ArrayList<>();
        if (in.accept('(')) {
            do {
                patterns.add(in.listMailbox());
            } while (in.accept(' '));
            in.expect(')');
        } else {
            patterns.add(in.listMailbox());
        }
        Set<ListOption> returned = EnumSet.noneOf(ListOption.class);
        if (in.accept(' ') && in.acceptWord("RETURN")) {
            in.space();
            in.expect('(');
            options(returned, List.of(ListOption.SUBSCRIBED, ListOption.CHILDREN, ListOption.SPECIAL_USE), status);
        }
        return new MailboxCommand.ListMailboxes(false, select, reference, patterns, returned, status);
    }

    private void options(Set<ListOption> options, List<ListOption> offered, List<StatusItem> status)
            throws ImapParseException {
        while (!in.accept(')')) {
            String word = in.keyword();
            if (word.equals("STATUS")) {
                in.space();
                status.addAll(statusItems());
            } else {
                options.add(offered.stream()
                        .filter(option -> option.name().replace('_', '-').equals(word))
                        .findFirst()
                        .orElseThrow(() -> in.error("this option of LIST is not offered")));
            }
            if (in.peek() != ')') {
                in.space();
            }
        }
    }

    private ImapCommand status() throws ImapParseException {
        MailboxName mailbox = in.mailbox();
        in.space();
        return new MailboxCommand.Status(mailbox, statusItems());
    }

    private List<StatusItem> statusItems() throws ImapParseException {
        in.expect('(');
        List<StatusItem> items = new ArrayList<>();
        do {
            String word = in.keyword();
            StatusItem item = List.of(StatusItem.values()).stream()
                    .filter(known -> known.name().equals(word))
                    .findFirst()
                    .orElseThrow(() -> in.error("this item of STATUS is not offered"));
            if (!items.contains(item)) {
                items.add(item);
            }
        } while (in.accept(' '));
        in.expect(')');
        return items;
    }

    /** append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal. */
    private ImapCommand append() throws ImapParseException {
        MailboxName mailbox = in.mailbox();
        in.space();
        Flags flags = Flags.NONE;
        if (in.peek() == '(') {
            flags = new FlagParser(in).list();
            in.space();
        }
        Optional<java.time.Instant> date = Optional.empty();
        if (in.peek() == '"') {
            int start = in.position();
            date = Optional.of(ImapDates.parseDateTime(in.string(), start));
            in.space();
        }
        if (in.peek() != Cursor.END || frame.message().isEmpty()) {
            throw in.error("the message is expected, as a literal");
        }
        return new MailboxCommand.Append(mailbox, flags, date, frame.message().get());
    }

    private ImapCommand fetch(boolean uid) throws ImapParseException {
        SequenceSet messages = set();
        return new MessageCommand.Fetch(uid, messages, new FetchParser(in).items());
    }

    /** store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag))). */
    private ImapCommand store(boolean uid) throws ImapParseException {
        SequenceSet messages = set();
        StoreRequest.Mode mode = in.accept('+')
                ? StoreRequest.Mode.ADD
                : in.accept('-') ? StoreRequest.Mode.REMOVE : StoreRequest.Mode.REPLACE;
        String word = in.atom().toUpperCase(Locale.ROOT);
        if (!word.equals("FLAGS") && !word.equals("FLAGS.SILENT")) {
            throw in.error("FLAGS or FLAGS.SILENT expected");
        }
        in.space();
        FlagParser parser = new FlagParser(in);
        Flags flags = in.peek() == '(' ? parser.list() : parser.bare();
        return new MessageCommand.Store(uid, messages, mode, word.endsWith(".SILENT"), flags);
    }
}
