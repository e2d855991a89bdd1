// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.ForwardPath.Notify;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.ejb.outbound.Shipment;
import org.wildpost.ejb.queue.LocalCourier;
import org.wildpost.ejb.queue.OutgoingCopy;

/** What becomes of a message that was held (RFC 4865 §4.2) when its moment has come: what becomes of any other. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class ReleaseTest {
    private static final String TRACE = "Received: from authenticated by mx.wildpost.test id d1\r\n";
    private static final String TEXT = "From: alice@demo.test\r\nSubject: news\r\n\r\nworld\r\n";

    private final Deliveries house = new Deliveries().with("alice@demo.test").with("bob@demo.test");

    @Test
    void deliversIntoMailboxesUnderTheTraceOfTheArrival() throws IOException {
        List<Attempt.Outcome> outcomes = release(path("bob@demo.test"));

        assertThat(outcomes).containsExactly(new Attempt.Delivered("2.1.5", "delivered on this server", true, true));
        assertThat(house.copies()).containsExactly("bob@demo.test");
        assertThat(house.trace())
                .isEqualTo("Return-Path: <alice@demo.test>\r\nDelivered-To: bob@demo.test\r\n" + TRACE);
        assertThat(house.appended.getFirst().getFirst().internalDate()).isEqualTo(Deliveries.RECEIVED);
        assertThat(house.counted).as("counted when it came").isEmpty();
    }

    @Test
    void looksRecipientsUpAgain() throws IOException {
        house.directory.alias("team@demo.test", "bob@demo.test", "friend@far.test");
        release(path("team@demo.test"));

        assertThat(house.copies()).containsExactly("bob@demo.test");
        OutgoingCopy left = house.queued.getFirst();
        assertThat(left.here()).isFalse();
        assertThat(left.recipients()).extracting(to -> to.address().toString()).containsExactly("friend@far.test");
        assertThat(left.account()).contains(new AccountId(1));
        assertThat(left.options().releaseAt())
                .as("an operator may end a hold early, for all")
                .isEmpty();
        assertThat(new String(left.prefix(), StandardCharsets.UTF_8))
                .isEqualTo("Delivered-To: team@demo.test\r\n" + TRACE + "DKIM-Signature: x\r\n");
    }

    @Test
    void deliversOneCopyToWhoWasAskedForTwice() throws IOException {
        house.directory.alias("team@demo.test", "bob@demo.test");
        release(path("bob@demo.test"), path("team@demo.test"));

        assertThat(house.copies()).containsExactly("bob@demo.test");
    }

    @Test
    void answersForEachRecipientInOrder() throws IOException {
        house.directory.alias("lost@demo.test", "gone@demo.test");
        List<Attempt.Outcome> outcomes =
                release(path("nobody@demo.test"), path("bob@demo.test"), path("lost@demo.test"));

        assertThat(outcomes).extracting(Attempt.Outcome::status).containsExactly("5.1.1", "2.1.5", "4.3.5");
        assertThat(outcomes.get(0)).isInstanceOf(Attempt.Failed.class);
        assertThat(outcomes.get(2))
                .isInstanceOfSatisfying(
                        Attempt.Deferred.class,
                        deferred -> assertThat(deferred.scope()).isEqualTo(Attempt.Scope.MESSAGE));
        assertThat(house.copies()).containsExactly("bob@demo.test");
    }

    /** Who has no room waits on, and in the end the queue returns the message. */
    @Test
    void defersForWhoHasNoRoom() throws IOException {
        house.directory.quota = new QuotaLimits(OptionalLong.empty(), OptionalLong.of(2));
        house.with("small@demo.test");
        house.used.put(house.directory.id("small@demo.test"), new QuotaAmount(0, 2));

        List<Attempt.Outcome> outcomes = release(path("bob@demo.test"), path("small@demo.test"));

        assertThat(outcomes).extracting(Attempt.Outcome::status).containsExactly("2.1.5", "4.2.2");
        assertThat(outcomes.get(1)).isInstanceOf(Attempt.Deferred.class);
        assertThat(house.copies()).containsExactly("bob@demo.test");
        assertThat(house.queued).isEmpty();
    }

    @Test
    void failsWhereAllMailboxesWentAway() throws IOException {
        house.withoutInbox.add(house.directory.resolve(List.of(EmailAddress.parse("bob@demo.test"))).values().stream()
                .map(found -> ((org.wildpost.ejb.identity.Resolution.Account) found)
                        .account()
                        .value())
                .findFirst()
                .orElseThrow());

        assertThat(release(path("bob@demo.test"))).singleElement().isInstanceOf(Attempt.Failed.class);
    }

    @Test
    void tellsOfTheSuccessWhoAskedForThat() throws IOException {
        release(new ForwardPath(
                EmailAddress.parse("bob@demo.test"), new Notify(EnumSet.of(Event.SUCCESS), true), Optional.empty()));

        assertThat(house.told).containsExactly("delivered bob@demo.test");
    }

    @Test
    void breaksLoops() throws IOException {
        house.directory.alias("team@demo.test", "friend@far.test");
        List<Attempt.Outcome> outcomes =
                house.release.deliver(held("Delivered-To: team@demo.test\r\n" + TEXT), List.of(path("team@demo.test")));

        assertThat(outcomes).singleElement().extracting(Attempt.Outcome::status).isEqualTo("5.4.6");
        assertThat(house.queued).isEmpty();
    }

    @Test
    void leavesAFaultToWhoTriesAgain() {
        house.fault = new IllegalStateException("the database is away");

        assertThatThrownBy(() -> release(path("bob@demo.test"))).isSameAs(house.fault);
    }

    private List<Attempt.Outcome> release(ForwardPath... paths) throws IOException {
        return house.release.deliver(held(TEXT), Arrays.asList(paths));
    }

    private static ForwardPath path(String address) {
        return ForwardPath.of(EmailAddress.parse(address));
    }

    private static LocalCourier.Held held(String text) {
        byte[] all = (TRACE + text).getBytes(StandardCharsets.UTF_8);
        return new LocalCourier.Held(
                "d1",
                Optional.of(new AccountId(1)),
                Optional.of(DomainName.parse("demo.test")),
                Deliveries.path("alice@demo.test"),
                HoldingTest.heldUntil(Deliveries.RECEIVED),
                Deliveries.RECEIVED,
                TRACE.getBytes(StandardCharsets.UTF_8),
                new Shipment.Octets() {
                    @Override
                    public long size() {
                        return all.length;
                    }

                    @Override
                    public InputStream open() {
                        return new ByteArrayInputStream(all);
                    }
                });
    }
}
