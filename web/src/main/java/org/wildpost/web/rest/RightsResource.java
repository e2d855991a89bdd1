// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.mailbox.GuardedMail;

/** Who may do what with a mailbox of an account (RFC 4314): {@code /boxes/{email}/rights?mailbox=NAME}. */
@Path("/boxes/{email}/rights")
@ApplicationScoped
public class RightsResource {
    @Inject
    AccountAdministration accounts;

    @Inject
    GuardedMail mail;

    /** The entries, without the owner's. */
    @GET
    public Response list(
            @PathParam("email") String email, @QueryParam("mailbox") @DefaultValue("INBOX") String mailbox) {
        return answer(account(email), name(mailbox));
    }

    /** Sets the rights of one identifier. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("email") String email,
            @QueryParam("mailbox") @DefaultValue("INBOX") String mailbox,
            InputStream body)
            throws IOException {
        AccountId account = account(email);
        JsonBody json = JsonBody.read(body, Set.of("identifier", "rights"));
        Optional<String> identifier = json.text("identifier");
        Optional<String> rights = json.text("rights");
        json.check();
        RightsChange change = rights.flatMap(RightsChange::parse)
                .orElseThrow(() -> wrong("rights", "'rights' must be letters of lrswipkxtea"));
        return changed(account, name(mailbox), identifier.orElse(""), change);
    }

    /** Takes the entry of one identifier away. */
    @DELETE
    public Response delete(
            @PathParam("email") String email,
            @QueryParam("mailbox") @DefaultValue("INBOX") String mailbox,
            @QueryParam("identifier") @DefaultValue("") String identifier) {
        return changed(account(email), name(mailbox), identifier, RightsChange.DELETE);
    }

    private Response changed(AccountId account, MailboxName mailbox, String who, RightsChange change) {
        Identifier identifier = Identifier.parse(who)
                .orElseThrow(() -> wrong("identifier", "'identifier' must be the address of an account, or anyone"));
        return switch (mail.grantAnybody(account, mailbox, identifier, change)) {
            case AccessResult.Done ignored -> answer(account, mailbox);
            case AccessResult.NoSuchIdentifier ignored ->
                throw wrong("identifier", "there is no account with this address");
            case AccessResult.NotAllowed(String reason) -> throw new ProblemException(Problem.of(409, reason));
            default -> throw Answers.notFound();
        };
    }

    private Response answer(AccountId account, MailboxName mailbox) {
        if (!(mail.accessList(account, mailbox) instanceof AccessResult.Listed listed)) {
            throw Answers.notFound();
        }
        JsonArrayBuilder entries = Json.createArrayBuilder();
        for (AccessEntry entry : listed.entries()) {
            entries.add(Json.createObjectBuilder()
                    .add("identifier", entry.identifier().text())
                    .add("rights", entry.rights().letters()));
        }
        return Answers.ok(Json.createObjectBuilder()
                .add("mailbox", listed.mailbox().value())
                .add("owner", listed.owner())
                .add("entries", entries)
                .build());
    }

    private AccountId account(String email) {
        return accounts.find(email).map(AccountView::id).orElseThrow(Answers::notFound);
    }

    /** One of the account's own. */
    private static MailboxName name(String text) {
        return Optional.of(text)
                .filter(MailboxName::isValid)
                .map(MailboxName::new)
                .filter(name -> !SharedName.isForeign(name))
                .orElseThrow(Answers::notFound);
    }

    private static ProblemException wrong(String field, String detail) {
        return new ProblemException(Problem.field(Problem.UNPROCESSABLE, field, detail));
    }
}
