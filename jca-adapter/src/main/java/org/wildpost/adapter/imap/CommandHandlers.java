// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.adapter.imap.ImapCommand.Tagged;
import org.wildpost.core.acl.SharedName;

/** Finds who answers a command. For the session's thread. */
final class CommandHandlers {
    private static final Logger LOG = System.getLogger(CommandHandlers.class.getName());

    private final ImapContext context;
    private final ImapWriter writer;
    private final LoginHandler logins;
    private final SelectHandler selection;
    private final MailboxHandler mailboxes;
    private final ListHandler lists;
    private final AppendHandler appends;
    private final FetchHandler fetches;
    private final StoreHandler stores;
    private final SearchHandler searches;
    private final ThreadHandler threads;
    private final MultiSearchHandler multiSearches;
    private final TransferHandler transfers;
    private final QuotaHandler quotas;
    private final MetadataHandler annotations;
    private final IdleHandler idling;
    private final NotifyHandler notifications;
    private final AccessHandler access;
    private final SelectedRights rights;

    CommandHandlers(ImapContext context, MessageIndexer indexer) {
        this.context = context;
        this.writer = context.writer();
        this.logins = new LoginHandler(context);
        this.selection = new SelectHandler(context);
        this.mailboxes = new MailboxHandler(context);
        this.lists = new ListHandler(context);
        this.appends = new AppendHandler(context, indexer);
        this.fetches = new FetchHandler(context);
        this.stores = new StoreHandler(context);
        this.searches = new SearchHandler(context, InstantSource.system());
        this.threads = new ThreadHandler(context, InstantSource.system());
        this.multiSearches = new MultiSearchHandler(context, InstantSource.system());
        this.transfers = new TransferHandler(context);
        this.quotas = new QuotaHandler(context);
        this.annotations = new MetadataHandler(context);
        this.idling = new IdleHandler(context);
        this.notifications = new NotifyHandler(context);
        this.access = new AccessHandler(context);
        this.rights = new SelectedRights(context);
    }

    /** The tagged answer; the untagged ones are written on the way. */
    Reply answer(Tagged tagged) throws IOException {
        return switch (tagged.command()) {
            case AnyStateCommand command -> anyState(command);
            case LoginCommand command -> logins.handle(command);
            case MailboxCommand command -> mailbox(tagged.tag(), command);
            case AccessCommand command -> access.handle(command);
            case MessageCommand command -> message(tagged.tag(), command);
        };
    }

    private Reply anyState(AnyStateCommand command) throws IOException {
        return switch (command) {
            case AnyStateCommand.Capability() -> {
                writer.untagged("CAPABILITY " + context.capabilities());
                yield Reply.ok("CAPABILITY done");
            }
            case AnyStateCommand.Noop() -> Reply.ok("NOOP done");
            case AnyStateCommand.Id(Map<String, String> fields) -> {
                // Nothing depends on it (RFC 2971 §3): it helps whoever looks for a client's fault.
                LOG.log(Level.DEBUG, "the client says that it is {0}", fields);
                writer.untagged("ID (\"name\" \"Wildpost\")");
                yield Reply.ok("ID done");
            }
            case AnyStateCommand.Logout() -> {
                writer.bye("good bye");
                yield Reply.ok("LOGOUT done").closing();
            }
            case AnyStateCommand.Unrecognised(String verb) -> Reply.bad("unknown command " + verb);
        };
    }

    private Reply mailbox(String tag, MailboxCommand command) throws IOException {
        return switch (command) {
            case MailboxCommand.Enable enable -> enable(enable);
            case MailboxCommand.Unauthenticate() -> {
                context.unauthenticate();
                yield Reply.ok("CAPABILITY " + context.capabilities(), "logged out");
            }
            case MailboxCommand.Select select -> selection.select(select);
            case MailboxCommand.SelectNone none -> selection.none(none);
            case MailboxCommand.Create create -> mailboxes.create(create);
            case MailboxCommand.Delete delete -> mailboxes.delete(delete);
            case MailboxCommand.Rename rename -> mailboxes.rename(rename);
            case MailboxCommand.Subscribe subscribe -> mailboxes.subscribe(subscribe);
            case MailboxCommand.Status status -> mailboxes.status(status);
            case MailboxCommand.Namespace() -> {
                writer.untagged("NAMESPACE ((\"\" \"/\")) ((\"" + SharedName.PREFIX + "\" \"/\")) NIL");
                yield Reply.ok("NAMESPACE done");
            }
            case MailboxCommand.ListMailboxes list -> lists.list(list);
            case MailboxCommand.Append append -> appends.append(append);
            case MailboxCommand.GetQuota quota -> quotas.getQuota(quota);
            case MailboxCommand.GetQuotaRoot root -> quotas.getQuotaRoot(root);
            case MailboxCommand.SetQuota quota -> quotas.setQuota(quota);
            case MailboxCommand.GetMetadata get -> annotations.get(get);
            case MailboxCommand.SetMetadata set -> annotations.set(set);
            case MailboxCommand.Idle() -> idling.idle();
            case MailboxCommand.Notify(NotifyRequest request) -> notifications.set(request);
            case MailboxCommand.Compress(String algorithm) -> compress(algorithm);
            case MailboxCommand.MultiSearch search -> multiSearches.search(tag, search);
        };
    }

    private Reply message(String tag, MessageCommand command) throws IOException {
        Optional<Reply> refusal = rights.refusal(command);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (command) {
            case MessageCommand.Check() -> Reply.ok("CHECK done");
            case MessageCommand.Close() -> selection.close();
            case MessageCommand.Unselect() -> selection.unselect();
            case MessageCommand.Expunge expunge -> transfers.expunge(expunge);
            case MessageCommand.Search search -> searches.search(tag, search);
            case MessageCommand.ThreadMessages thread -> threads.thread(thread);
            case MessageCommand.CancelUpdate(List<String> tags) -> cancelUpdate(tags);
            case MessageCommand.Fetch fetch -> fetches.fetch(fetch);
            case MessageCommand.Store store -> stores.store(store);
            case MessageCommand.Copy copy -> transfers.copy(copy);
            case MessageCommand.Move move -> transfers.move(move);
            case MessageCommand.Replace replace -> appends.replace(replace);
        };
    }

    /** RFC 5267 §4.3.5. */
    private Reply cancelUpdate(List<String> tags) {
        boolean all = true;
        for (String tag : tags) {
            all &= context.updates().cancel(tag);
        }
        return all ? Reply.ok("CANCELUPDATE done") : Reply.no("there is no such search");
    }

    /**
     * What was enabled by this command is named; what is not known is passed over (RFC 5161 §3.1, §3.2). That a mailbox is selected need not be looked at
     * (RFC 5161 §3.1), and clients come with it then.
     */
    private Reply enable(MailboxCommand.Enable command) throws IOException {
        boolean toldModSeqs = context.lines().tellsModSeqs();
        writer.text("* ENABLED");
        for (String word : command.capabilities()) {
            Optional<Extension> extension = Extension.of(word);
            if (extension.isPresent() && context.enable(extension.get())) {
                writer.text(" ").text(extension.get().word());
            }
        }
        writer.endLine();
        if (!toldModSeqs && context.lines().tellsModSeqs()) {
            context.tellHighestModSeq();
        }
        return Reply.ok("ENABLE done");
    }

    /** RFC 4978 §3; TLS of Java has no compression of its own. */
    private Reply compress(String algorithm) throws IOException {
        if (!algorithm.equals("DEFLATE")) {
            return Reply.bad("this algorithm is not offered");
        }
        if (context.connection().compressed()) {
            return Reply.no("COMPRESSIONACTIVE", "compression is on already");
        }
        if (context.connection().inputBuffered()) {
            return Reply.bad("nothing may follow COMPRESS before its answer");
        }
        return Reply.ok("compression begins now");
    }
}
