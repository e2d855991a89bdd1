// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.srs.Srs;
import org.wildpost.core.srs.SrsReversal;
import org.wildpost.ejb.identity.Directory;
import org.wildpost.ejb.identity.ServerSecret;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.address.ReturnPathRows;
import org.wildpost.persistence.jdbc.Database;

/** The return paths of mail that is passed on, under domains of ours ({@link Srs}). Safe for all threads. */
@ApplicationScoped
public class ReturnPaths {
    /** The name of the keys that seal. */
    static final String SECRET = "srs.secret";

    /** Age at which a key is put behind a new one; longer than any return path lives. */
    static final Duration ROTATED_AFTER = Duration.ofDays(90);

    /** How long keys are believed before they are asked for again. */
    static final Duration KNOWN = Duration.ofMinutes(1);

    @Inject
    ServerSecret secret;

    @Inject
    ServerSettings settings;

    @Inject
    Directory directory;

    @Inject
    Database database;

    InstantSource clock = InstantSource.system();

    private volatile @Nullable Known known;

    private record Known(Srs srs, Instant until) {}

    /** Whether an address is a return path of a domain of ours, real or not. */
    boolean isOurs(EmailAddress address) {
        return Srs.isReturnPath(address)
                && (settings.srsDomain().filter(address.domain()::equals).isPresent()
                        || directory.isLocal(address.domain()));
    }

    /** Whose return path it is; only asked of {@link #isOurs ours}. A sender that is no longer kept has expired. */
    SrsReversal reverse(EmailAddress address) {
        return switch (srs().reverse(address, clock.instant())) {
            case SrsReversal.Kept(String key) ->
                database.statement(connection -> new ReturnPathRows(connection).find(key))
                        .<SrsReversal>map(SrsReversal.Sender::new)
                        .orElseGet(SrsReversal.Expired::new);
            case SrsReversal other -> other;
        };
    }

    /** Whether mail of this sender needs a return path of ours when it is passed on: not when the sender's domain is ours. */
    boolean rewrites(EmailAddress sender) {
        return !directory.isLocal(sender.domain());
    }

    /**
     * The return path for a sender's mail that is passed on.
     *
     * @param forwarder the address that passes on
     */
    Srs.Rewritten rewrite(EmailAddress sender, EmailAddress forwarder) {
        DomainName ours = settings.srsDomain().orElse(forwarder.domain());
        return srs().rewrite(sender, ours, clock.instant());
    }

    /** Keeps a sender who did not fit into a return path, in the caller's transaction. */
    void keep(Connection connection, EmailAddress sender) throws SQLException {
        new ReturnPathRows(connection).keep(Srs.key(sender), sender, clock.instant(), settings.srsMaxAge());
    }

    private Srs srs() {
        Instant now = clock.instant();
        Known found = known;
        if (found == null || !found.until().isAfter(now)) {
            secret.rotate(SECRET, ROTATED_AFTER);
            found = new Known(new Srs(secret.keys(SECRET), settings.srsMaxAge()), now.plus(KNOWN));
            known = found;
        }
        return found.srs();
    }
}
