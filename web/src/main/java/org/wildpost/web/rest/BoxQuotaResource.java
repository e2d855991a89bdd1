// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.mailbox.Quotas;

/** How much mail an account has and may have: {@code /boxes/{email}/quota}, storage in megabytes; a limit of 0 is none. */
@Path("/boxes/{email}/quota")
@ApplicationScoped
public class BoxQuotaResource {
    private static final long MEGABYTE = 1024 * 1024;

    @Inject
    AccountAdministration accounts;

    @Inject
    Quotas quotas;

    @GET
    public Response find(@PathParam("email") String email) {
        return Answers.ok(json(quotas.of(account(email))));
    }

    /** Changes the limits that the body has. */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response change(@PathParam("email") String email, InputStream body) throws IOException {
        AccountId account = account(email);
        JsonBody json = JsonBody.read(body, Set.of("storageLimit", "countLimit"));
        Optional<Integer> storage = json.number("storageLimit");
        Optional<Integer> count = json.number("countLimit");
        json.check();
        QuotaLimits before = quotas.of(account).limits();
        quotas.limit(
                account,
                new QuotaLimits(
                        limit("storageLimit", storage, MEGABYTE, before.octets()),
                        limit("countLimit", count, 1, before.messages())));
        return Answers.ok(json(quotas.of(account)));
    }

    private AccountId account(String email) {
        return accounts.find(email).map(AccountView::id).orElseThrow(Answers::notFound);
    }

    private static OptionalLong limit(String field, Optional<Integer> wanted, long unit, OptionalLong before) {
        if (wanted.isEmpty()) {
            return before;
        }
        if (wanted.get() < 0) {
            throw new ProblemException(Problem.field(422, field, "'" + field + "' must not be negative"));
        }
        return wanted.get() == 0 ? OptionalLong.empty() : OptionalLong.of(wanted.get() * unit);
    }

    private static JsonObject json(Quota quota) {
        return Json.createObjectBuilder()
                .add("storage_limit", Math.ceilDiv(quota.limits().octets().orElse(0), MEGABYTE))
                .add("storage_usage", Math.ceilDiv(quota.used().octets(), MEGABYTE))
                .add("count_limit", quota.limits().messages().orElse(0))
                .add("count_usage", quota.used().messages())
                .build();
    }
}
