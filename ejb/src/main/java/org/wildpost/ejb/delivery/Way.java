// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.ForwardPath.Notify;
import org.wildpost.core.listener.smtp.ForwardPath.OriginalRecipient;
import org.wildpost.ejb.identity.Resolution;

/** Where one forward-path leads. For one message and one thread. */
final class Way {
    private final ForwardPath path;
    private final Map<AccountId, Expansion.Copy> copies = new LinkedHashMap<>();
    private final Map<EmailAddress, Expansion.Remote> remotes = new LinkedHashMap<>();
    private final List<Expansion.Copy> aside = new ArrayList<>();
    private final List<EmailAddress> deadEnds = new ArrayList<>();
    private final Set<String> forwarders = new LinkedHashSet<>();
    private @Nullable Problem problem;
    private boolean circle;
    private boolean expanded;
    private int addresses;

    Way(ForwardPath path) {
        this.path = path;
    }

    ForwardPath path() {
        return path;
    }

    Map<AccountId, Expansion.Copy> copies() {
        return copies;
    }

    Map<EmailAddress, Expansion.Remote> remotes() {
        return remotes;
    }

    List<EmailAddress> deadEnds() {
        return deadEnds;
    }

    Set<String> forwarders() {
        return forwarders;
    }

    /** Whether somebody is owed the notification that it was expanded. */
    boolean expanded() {
        return expanded;
    }

    /** What ended it early. */
    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** What is wrong with it after all was looked at. */
    Optional<Problem> end() {
        if (problem != null || !copies.isEmpty() || !remotes.isEmpty() || !aside.isEmpty()) {
            return problem();
        }
        return Optional.of(circle && deadEnds.isEmpty() ? Problem.CIRCLE : Problem.UNREACHABLE);
    }

    void fail(Problem reason) {
        if (problem == null) {
            problem = reason;
        }
    }

    /** Goes through an address that passes on; false when it did so before. */
    boolean enter(EmailAddress forwarder) {
        boolean fresh = forwarders.add(Expansion.key(forwarder));
        circle |= !fresh;
        return fresh;
    }

    /** It leads to many: who asked for a notification of success gets one for that alone. */
    void expand() {
        expanded |= path.notice().wants(Event.SUCCESS);
    }

    /** Counts addresses; how many there are now. */
    int count(int more) {
        addresses += more;
        return addresses;
    }

    void keep(Resolution.Account account, List<EmailAddress> through, boolean toldSuccess) {
        copies.putIfAbsent(
                account.account(),
                new Expansion.Copy(
                        account.account(),
                        new ForwardPath(path.address(), notice(toldSuccess), path.original()),
                        through,
                        account.targets().isEmpty(),
                        account.quota()));
    }

    /** Copies that have no place now. */
    List<Expansion.Copy> aside() {
        return aside;
    }

    /** Sets aside the copies against which something stands; with no others and nothing to send, that ends the way. */
    void setAside(Function<Expansion.Copy, Optional<Problem>> against) {
        Map<Expansion.Copy, Problem> crowded = new LinkedHashMap<>();
        copies.values().forEach(copy -> against.apply(copy).ifPresent(reason -> crowded.put(copy, reason)));
        if (!crowded.isEmpty() && crowded.size() == copies.size() && remotes.isEmpty()) {
            fail(crowded.values().iterator().next());
        }
        aside.addAll(crowded.keySet());
        if (problem == null) {
            leaveAside();
        }
    }

    /** Goes on although there was no room for any copy. */
    void goOn() {
        if (problem == Problem.FULL || problem == Problem.TOO_LARGE) {
            problem = null;
            leaveAside();
        }
    }

    private void leaveAside() {
        aside.removeIf(copy -> !copy.alone());
        aside.forEach(copy -> copies.remove(copy.account()));
    }

    /** Sends to a recipient elsewhere; whoever wants notifications is told of the recipient that was asked for (RFC 3461 §4.2, RFC 6533 §3). */
    void send(EmailAddress to, List<EmailAddress> through, Optional<AccountId> redirect, boolean toldSuccess) {
        Optional<OriginalRecipient> original = path.original()
                .or(() -> path.notice().given()
                        ? Optional.of(new OriginalRecipient(
                                path.address().international() ? "utf-8" : "rfc822",
                                path.address().toString()))
                        : Optional.empty());
        remotes.putIfAbsent(
                to,
                new Expansion.Remote(
                        new ForwardPath(to, notice(toldSuccess), original), path.address(), through, redirect));
    }

    /** The notifications that are left to whoever comes next (RFC 3461 §5.2.7.3 c). */
    private Notify notice(boolean toldSuccess) {
        Notify notice = path.notice();
        if (toldSuccess || !notice.wants(Event.SUCCESS)) {
            return notice;
        }
        Set<Event> left = EnumSet.copyOf(notice.events());
        left.remove(Event.SUCCESS);
        return new Notify(left, true);
    }
}
