// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.srs.Srs;
import org.wildpost.ejb.queue.OutgoingCopy;
import org.wildpost.ejb.submission.Signing;

/**
 * From recipients elsewhere to what leaves for them: one copy for all who were asked for directly, and one for each way on which the message is passed
 * on. A direct copy keeps its reverse-path; one that is passed on gets a return path of ours, where the sender is not ours; the null reverse-path stays.
 * Safe for all threads.
 */
@ApplicationScoped
public class Departures {
    @Inject
    ReturnPaths returnPaths;

    @Inject
    Signing signing;

    /**
     * What leaves.
     *
     * @param kept the sender that must be found again for the return path; empty when that says it itself
     */
    record Plan(List<OutgoingCopy> copies, Optional<EmailAddress> kept) {
        /** Nothing leaves. */
        static final Plan NOTHING = new Plan(List.of(), Optional.empty());

        Plan {
            copies = List.copyOf(copies);
        }
    }

    /** What has the same trace. */
    private record Road(EmailAddress asked, List<EmailAddress> through, Optional<AccountId> redirect) {}

    /** Groups the recipients; signs what an owner of ours hands in. */
    Plan plan(Letter letter, Collection<Expansion.Remote> remotes) throws IOException {
        if (remotes.isEmpty()) {
            return Plan.NOTHING;
        }
        byte[] signature = signature(letter);
        List<ForwardPath> direct = new ArrayList<>();
        Map<Road, List<ForwardPath>> roads = new LinkedHashMap<>();
        for (Expansion.Remote remote : remotes) {
            if (remote.forwarded()) {
                roads.computeIfAbsent(
                                new Road(remote.asked(), remote.through(), remote.redirect()), _ -> new ArrayList<>())
                        .add(remote.path());
            } else {
                direct.add(remote.path());
            }
        }
        List<OutgoingCopy> copies = new ArrayList<>();
        if (!direct.isEmpty()) {
            copies.add(direct(letter, direct, signature));
        }
        Optional<EmailAddress> sender = roads.isEmpty()
                ? Optional.empty()
                : letter.reversePath().address().filter(returnPaths::rewrites);
        boolean keep = false;
        for (Map.Entry<Road, List<ForwardPath>> road : roads.entrySet()) {
            EmailAddress forwarder = road.getKey().through().getLast();
            Optional<Srs.Rewritten> made = sender.map(address -> returnPaths.rewrite(address, forwarder));
            keep |= made.filter(Srs.Rewritten::keep).isPresent();
            ReversePath path = made.map(rewritten -> new ReversePath(Optional.of(rewritten.address())))
                    .orElse(letter.reversePath());
            copies.add(forwarded(letter, road.getKey(), road.getValue(), path, signature));
        }
        return new Plan(copies, keep ? sender : Optional.empty());
    }

    /**
     * What waits for recipients of this server whose message is held, or who have no room: with the recipients that were asked for, whoever they are
     * when its moment has come.
     *
     * @param recipients never empty
     */
    static OutgoingCopy held(Letter letter, List<ForwardPath> recipients) {
        return new OutgoingCopy(
                letter.owner().map(Letter.Owner::account),
                letter.owner().map(Letter.Owner::domain),
                letter.reversePath(),
                letter.options(),
                letter.stamp().received(only(recipients)),
                recipients,
                true);
    }

    private static OutgoingCopy direct(Letter letter, List<ForwardPath> recipients, byte[] signature) {
        return new OutgoingCopy(
                letter.owner().map(Letter.Owner::account),
                letter.owner().map(Letter.Owner::domain),
                letter.reversePath(),
                letter.options(),
                join(Trace.outgoing(letter, List.of(), only(recipients)), signature),
                recipients);
    }

    private static Optional<EmailAddress> only(List<ForwardPath> recipients) {
        return recipients.size() == 1 ? Optional.of(recipients.getFirst().address()) : Optional.empty();
    }

    private static OutgoingCopy forwarded(
            Letter letter, Road road, List<ForwardPath> recipients, ReversePath path, byte[] signature) {
        DomainName forwarder = road.through().getLast().domain();
        return new OutgoingCopy(
                letter.owner().map(Letter.Owner::account).or(road::redirect),
                Optional.of(letter.owner().map(Letter.Owner::domain).orElse(forwarder)),
                path,
                letter.options(),
                join(Trace.outgoing(letter, road.through(), Optional.of(road.asked())), signature),
                recipients);
    }

    /** Only an owner's authors were checked: what a stranger wrote under a name of ours must not get our signature. */
    private byte[] signature(Letter letter) throws IOException {
        return letter.owner().isPresent() ? signing.fields(letter.message(), letter.index()) : new byte[0];
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(first.length + second.length);
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
