// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.ejb.identity.Resolution;
import org.wildpost.ejb.settings.ExpansionLimits;

/**
 * From forward-paths to the accounts that get the message and to the recipients elsewhere, each once. Goes on level by level, so that the directory is
 * asked once for all addresses of a level. An account that redirects to itself keeps a copy. For one message and one thread.
 */
final class Expansion {
    /**
     * An account's copy.
     *
     * @param path    the forward-path, with what of its wishes is left
     * @param through the addresses on the way, that of the account last
     * @param alone   whether the account's address leads nowhere else, so that it can be asked for again
     * @param quota   how much mail the account may have
     */
    record Copy(AccountId account, ForwardPath path, List<EmailAddress> through, boolean alone, QuotaLimits quota) {
        Copy {
            through = List.copyOf(through);
        }

        /** Asks for the account alone, with what of the forward-path's wishes is left. */
        ForwardPath again() {
            return new ForwardPath(through.getLast(), path.notice(), path.original());
        }
    }

    /**
     * A recipient of another server.
     *
     * @param path     the recipient, with what of the forward-path's wishes is left
     * @param asked    the forward-path's address
     * @param through  the addresses on the way, who passes it on last; none: it was asked for directly
     * @param redirect the account whose redirect was followed last
     */
    record Remote(ForwardPath path, EmailAddress asked, List<EmailAddress> through, Optional<AccountId> redirect) {
        Remote {
            through = List.copyOf(through);
        }

        boolean forwarded() {
            return !through.isEmpty();
        }
    }

    private final Function<Collection<EmailAddress>, ? extends Map<EmailAddress, Resolution>> directory;
    private final Asking asking;
    private final ExpansionLimits limits;
    private final List<Way> ways = new ArrayList<>();

    /** An address that is still to be looked at. */
    private record Step(
            Way way,
            EmailAddress address,
            List<EmailAddress> through,
            Optional<AccountId> redirect,
            boolean toldSuccess) {
        Step same(EmailAddress other) {
            return new Step(way, other, through, redirect, toldSuccess);
        }

        boolean first() {
            return through.isEmpty();
        }
    }

    Expansion(
            Function<Collection<EmailAddress>, ? extends Map<EmailAddress, Resolution>> directory,
            Asking asking,
            ExpansionLimits limits) {
        this.directory = directory;
        this.asking = asking;
        this.limits = limits;
    }

    /** Follows these forward-paths to their ends. */
    Expansion expand(List<ForwardPath> paths) {
        List<Step> level = new ArrayList<>();
        for (ForwardPath path : paths) {
            Way way = new Way(path);
            ways.add(way);
            level.add(new Step(way, path.address(), List.of(), Optional.empty(), true));
        }
        for (int depth = 0; !level.isEmpty() && depth <= limits.depth(); depth++) {
            Map<EmailAddress, Resolution> found = directory.apply(
                    level.stream().map(Step::address).collect(Collectors.toCollection(LinkedHashSet::new)));
            List<Step> next = new ArrayList<>();
            for (Step step : level) {
                if (step.way().problem().isEmpty()) {
                    follow(step, found.getOrDefault(step.address(), Resolution.UNKNOWN), next);
                }
            }
            level = next;
        }
        level.forEach(step -> step.way().fail(Problem.TOO_FAR));
        return this;
    }

    /** What is wrong with each forward-path, in their order. */
    List<Optional<Problem>> problems() {
        return ways.stream().map(Way::end).toList();
    }

    /** A copy for each account, in the order in which they were reached. */
    Collection<Copy> copies() {
        Map<AccountId, Copy> copies = new LinkedHashMap<>();
        good().forEach(way -> way.copies().forEach(copies::putIfAbsent));
        return copies.values();
    }

    /** Each recipient elsewhere; who was asked for directly is not sent another copy because somebody passes it on as well. */
    Collection<Remote> remotes() {
        Map<EmailAddress, Remote> remotes = new LinkedHashMap<>();
        for (boolean forwarded : new boolean[] {false, true}) {
            good().flatMap(way -> way.remotes().values().stream())
                    .filter(remote -> remote.forwarded() == forwarded)
                    .forEach(remote -> remotes.putIfAbsent(remote.path().address(), remote));
        }
        return remotes.values();
    }

    /** Forward-paths whose sender is to be told that they were expanded (RFC 3461 §5.2.7.3). */
    List<ForwardPath> expanded() {
        return good().filter(Way::expanded).map(Way::path).toList();
    }

    /** Addresses, as text, that passed the message on. */
    Set<String> forwarders() {
        Set<String> forwarders = new LinkedHashSet<>();
        good().forEach(way -> forwarders.addAll(way.forwarders()));
        return forwarders;
    }

    /** Ends the ways that lead through an address through which the message came before. */
    void breakLoops(Set<String> deliveredTo) {
        ways.forEach(way -> {
            if (way.forwarders().stream().anyMatch(deliveredTo::contains)) {
                way.fail(Problem.BEEN_HERE);
            }
        });
    }

    /**
     * Sets aside the copies of accounts that have no room; a way that leads to nobody else ends with that. On another way, an account that passes
     * mail on gets its copy all the same: asked again, it would pass the message on again.
     *
     * @param room what stands against a copy; asked once for each account
     */
    void setAside(Function<Copy, Optional<Problem>> room) {
        Map<AccountId, Optional<Problem>> known = new HashMap<>();
        good().toList()
                .forEach(way -> way.setAside(copy -> known.computeIfAbsent(copy.account(), _ -> room.apply(copy))));
    }

    /** Lets the ways go on that ended for want of room: what was set aside waits. */
    void goOn() {
        ways.forEach(Way::goOn);
    }

    /** Accounts that must wait for their copies, on ways that reach somebody, each once. */
    List<ForwardPath> waiting() {
        Map<AccountId, ForwardPath> waiting = new LinkedHashMap<>();
        good().flatMap(way -> way.aside().stream()).forEach(copy -> waiting.putIfAbsent(copy.account(), copy.again()));
        copies().forEach(copy -> waiting.remove(copy.account()));
        return List.copyOf(waiting.values());
    }

    /** What forward-paths that reach somebody lead to in vain. */
    List<EmailAddress> deadEnds() {
        return good().flatMap(way -> way.deadEnds().stream()).toList();
    }

    static String key(EmailAddress address) {
        return address.canonical().toString();
    }

    private Stream<Way> good() {
        return ways.stream().filter(way -> way.end().isEmpty());
    }

    private void follow(Step step, Resolution found, List<Step> next) {
        switch (found) {
            case Resolution.Outside _ -> outside(step);
            case Resolution.Unknown _ -> nobody(step, Problem.UNKNOWN);
            case Resolution.Disabled _ -> nobody(step, Problem.DISABLED);
            case Resolution.SameAs(EmailAddress other) -> enqueue(step.way(), List.of(step.same(other)), next);
            case Resolution.Account account -> account(step, account, next);
            case Resolution.Alias alias -> {
                if (mayReach(step, alias.internalOnly())) {
                    forward(step, alias, false, next);
                }
            }
            case Resolution.PassedOn passedOn -> forward(step, passedOn, false, next);
        }
    }

    private void outside(Step step) {
        if (!step.first()) {
            step.way().send(step.address(), step.through(), step.redirect(), step.toldSuccess());
        } else if (asking.relays().test(step.address().domain())) {
            step.way().send(step.address(), List.of(), Optional.empty(), true);
        } else {
            step.way().fail(Problem.OUTSIDE);
        }
    }

    private static void nobody(Step step, Problem problem) {
        if (step.first()) {
            step.way().fail(problem);
        } else {
            step.way().deadEnds().add(step.address());
        }
    }

    /** Only the address that was asked for is guarded: behind it, whoever set it up decided. */
    private boolean mayReach(Step step, boolean internalOnly) {
        if (internalOnly && step.first() && !asking.insider()) {
            step.way().fail(Problem.INTERNAL_ONLY);
            return false;
        }
        return true;
    }

    private void account(Step step, Resolution.Account account, List<Step> next) {
        if (!mayReach(step, account.internalOnly())) {
            return;
        }
        boolean itsOwnRedirect =
                step.redirect().filter(account.account()::equals).isPresent();
        if (itsOwnRedirect || account.targets().isEmpty()) {
            if (itsOwnRedirect || account.keeps()) {
                keep(step, account, step.toldSuccess());
            } else {
                step.way().deadEnds().add(step.address());
            }
            return;
        }
        forward(step, account, account.keeps(), next);
    }

    private void forward(Step step, Resolution.Forwarder forwarder, boolean keeps, List<Step> next) {
        Way way = step.way();
        if (!way.enter(forwarder.address())) {
            return;
        }
        boolean toMany = forwarder.targets().size() + (keeps ? 1 : 0) > 1;
        if (toMany && step.toldSuccess()) {
            way.expand();
        }
        boolean toldSuccess = step.toldSuccess() && !toMany;
        Optional<AccountId> redirect = Optional.empty();
        if (forwarder instanceof Resolution.Account account) {
            redirect = Optional.of(account.account());
            if (keeps) {
                keep(step, account, toldSuccess);
            }
        }
        List<EmailAddress> through = append(step.through(), forwarder.address());
        List<Step> steps = new ArrayList<>();
        for (EmailAddress target : forwarder.targets()) {
            steps.add(new Step(way, target, through, redirect, toldSuccess));
        }
        enqueue(way, steps, next);
    }

    private void enqueue(Way way, List<Step> steps, List<Step> next) {
        if (way.count(steps.size()) > limits.addresses()) {
            way.fail(Problem.TOO_FAR);
        } else {
            next.addAll(steps);
        }
    }

    private static void keep(Step step, Resolution.Account account, boolean toldSuccess) {
        List<EmailAddress> through =
                step.redirect().filter(account.account()::equals).isPresent()
                        ? step.through()
                        : append(step.through(), account.address());
        step.way().keep(account, through, toldSuccess);
    }

    private static List<EmailAddress> append(List<EmailAddress> before, EmailAddress last) {
        List<EmailAddress> all = new ArrayList<>(before);
        all.add(last);
        return all;
    }
}
