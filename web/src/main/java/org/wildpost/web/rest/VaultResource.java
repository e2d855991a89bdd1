// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.Mailbox;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.mailbox.Vault;

/** Expunged messages of an account that can be restored: {@code /boxes/{email}/vault} and {@code /boxes/{email}/vault/restore}. */
@Path("/boxes/{email}/vault")
@ApplicationScoped
public class VaultResource {
    @Inject
    AccountAdministration accounts;

    @Inject
    Vault vault;

    /** The latest arrival first. */
    @GET
    public Response list(
            @PathParam("email") String email,
            @QueryParam("page") @DefaultValue("1") String page,
            @QueryParam("paging") @Nullable String paging) {
        AccountId account = account(email);
        Page.Window window =
                new Page.Window(Answers.number("page", page, 1), Answers.number("paging", paging, Page.DEFAULT_SIZE));
        return Answers.page(
                window.of(
                        vault.list(account, window.offset(), window.size()), vault.count(account), VaultResource::json),
                json -> json);
    }

    /** Restores the messages whose ids the body has. */
    @POST
    @Path("/restore")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response restore(@PathParam("email") String email, InputStream body) throws IOException {
        AccountId account = account(email);
        JsonBody json = JsonBody.read(body, Set.of("ids"));
        List<String> ids = json.texts("ids").orElse(List.of());
        json.check();
        if (ids.isEmpty()) {
            throw new ProblemException(Problem.field(422, "ids", "'ids' must name at least one message"));
        }
        return switch (vault.restore(
                account, ids.stream().mapToLong(VaultResource::id).toArray())) {
            case Vault.Restored.Done(int messages) ->
                Answers.ok(Json.createObjectBuilder().add("restored", messages).build());
            case Vault.Restored.OverQuota() ->
                throw new ProblemException(Problem.of(409, "the account has no room for these messages"));
        };
    }

    private AccountId account(String email) {
        return accounts.find(email).map(AccountView::id).orElseThrow(Answers::notFound);
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.field(422, "ids", "'" + text + "' is not the id of a message"));
        }
    }

    private static JsonObject json(Vault.Kept kept) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", String.valueOf(kept.id()))
                .add("mailbox", kept.mailbox())
                .add("subject", kept.subject())
                .add(
                        "from",
                        Answers.texts(kept.envelope().from().stream()
                                .map(VaultResource::text)
                                .toList()))
                .add("size", kept.size())
                .add("received", kept.internalDate().toString())
                .add("expunged", kept.expungedAt().toString())
                .add("gone_after", kept.goneAfter().toString());
        return json.build();
    }

    /** {@code name <mailbox@host>}, as far as there is any of it. */
    private static String text(Mailbox mailbox) {
        String address = Stream.of(mailbox.mailbox(), mailbox.host())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("@"));
        String name = mailbox.name();
        return name == null ? address : EncodedWords.decode(name) + " <" + address + ">";
    }
}
