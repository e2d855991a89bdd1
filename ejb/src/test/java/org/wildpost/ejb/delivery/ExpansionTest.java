// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.ForwardPath.Notify;
import org.wildpost.core.listener.smtp.ForwardPath.OriginalRecipient;
import org.wildpost.ejb.settings.ExpansionLimits;

/** Who gets what is sent to an address: the rules of aliases, redirects and whole domains, and of RFC 3461 §5.2.7 about their notifications. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class ExpansionTest {
    private final FakeDirectory directory = new FakeDirectory();
    private ExpansionLimits limits = ExpansionLimits.DEFAULT;

    @BeforeEach
    void house() {
        directory
                .account("alice@demo.test", true)
                .account("bob@demo.test", true)
                .account("both@demo.test", true, "bob@demo.test")
                .account("gone@demo.test", false, "bob@demo.test")
                .account("self@demo.test", false, "self@demo.test", "bob@demo.test")
                .account("renamed@demo.test", false, "renamed@also.test", "alice@demo.test")
                .account("away@demo.test", true, "friend@far.test")
                .account("void@demo.test", false)
                .account("one@demo.test", false, "two@demo.test")
                .account("two@demo.test", false, "one@demo.test")
                .alias("team@demo.test", "alice@demo.test", "bob@demo.test")
                .alias("all@demo.test", "team@demo.test", "both@demo.test", "friend@far.test", "alice@demo.test")
                .alias("knot@demo.test", "knot@demo.test", "alice@demo.test")
                .alias("ring@demo.test", "ring2@demo.test")
                .alias("ring2@demo.test", "ring@demo.test")
                .alias("late@demo.test", "nobody@demo.test", "alice@demo.test")
                .alias("never@demo.test", "nobody@demo.test")
                .aliasDomain("also.test", "demo.test")
                .forward("old.test", "demo.test")
                .forward("moved.test", "far.test")
                .catchAll("catch.test", "alice@demo.test")
                .catchAll("sink.test", "nobody@sink.test")
                .catchAll("out.test", "box@far.test");
    }

    @ParameterizedTest
    @CsvSource({
        "alice@demo.test,   alice@demo.test,                 ''",
        "Alice@Demo.Test,   alice@demo.test,                 ''",
        "both@demo.test,    both@demo.test bob@demo.test,    ''",
        "gone@demo.test,    bob@demo.test,                   ''",
        "self@demo.test,    self@demo.test bob@demo.test,    ''",
        "renamed@demo.test, alice@demo.test renamed@demo.test, ''",
        "away@demo.test,    away@demo.test,                  friend@far.test",
        "team@demo.test,    alice@demo.test bob@demo.test,   ''",
        "all@demo.test,     both@demo.test alice@demo.test bob@demo.test, friend@far.test",
        "knot@demo.test,    alice@demo.test,                 ''",
        "late@demo.test,    alice@demo.test,                 ''",
        "alice@also.test,   alice@demo.test,                 ''",
        "team@also.test,    alice@demo.test bob@demo.test,   ''",
        "alice@old.test,    alice@demo.test,                 ''",
        "team@old.test,     alice@demo.test bob@demo.test,   ''",
        "alice@moved.test,  '',                              alice@moved.test->alice@far.test",
        "any@catch.test,    alice@demo.test,                 ''",
        "any@out.test,      '',                              box@far.test",
    })
    void reaches(String address, String copies, String remotes) {
        Expansion expansion = expand(address);

        assertThat(expansion.problems()).containsExactly(Optional.empty());
        assertThat(accounts(expansion)).isEqualTo(words(copies));
        assertThat(expansion.remotes().stream()
                        .map(remote -> remote.path().address().toString()))
                .containsExactlyElementsOf(words(remotes.replaceFirst(".*->", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody@demo.test, UNKNOWN",
        "nobody@also.test, UNKNOWN",
        "nobody@old.test,  UNREACHABLE",
        "never@demo.test,  UNREACHABLE",
        "void@demo.test,   UNREACHABLE",
        "one@demo.test,    CIRCLE",
        "ring@demo.test,   CIRCLE",
        "any@sink.test,    CIRCLE",
        "x@far.test,       OUTSIDE",
    })
    void reachesNobody(String address, Problem problem) {
        Expansion expansion = expand(address);

        assertThat(expansion.problems()).containsExactly(Optional.of(problem));
        assertThat(expansion.copies()).isEmpty();
        assertThat(expansion.remotes()).isEmpty();
    }

    @Test
    void givesEachAccountAndEachRecipientElsewhereOneCopyHoweverOftenTheyAreReached() {
        Expansion expansion = expand(
                new Asking(true, _ -> true), "all@demo.test", "bob@demo.test", "friend@far.test", "away@demo.test");

        assertThat(accounts(expansion))
                .containsExactly("both@demo.test", "alice@demo.test", "bob@demo.test", "away@demo.test");
        assertThat(expansion.remotes()).singleElement().satisfies(remote -> {
            assertThat(remote.path().address()).hasToString("friend@far.test");
            assertThat(remote.forwarded()).as("it was asked for directly").isFalse();
        });
    }

    @Test
    void saysThroughWhomARecipientElsewhereIsReached() {
        directory.alias("chain@demo.test", "away@demo.test");

        assertThat(expand("chain@demo.test").remotes()).singleElement().satisfies(remote -> {
            assertThat(remote.asked()).hasToString("chain@demo.test");
            assertThat(remote.through()).hasToString("[chain@demo.test, away@demo.test]");
            assertThat(remote.redirect()).contains(directory.id("away@demo.test"));
        });
        assertThat(expand("any@moved.test").remotes().iterator().next().through())
                .hasToString("[any@moved.test]");
    }

    @Test
    void asksTheDirectoryOnceForEachLevel() {
        expand("alice@demo.test");
        assertThat(directory.questions).as("a plain account").isEqualTo(1);

        directory.questions = 0;
        expand("alice@also.test");
        assertThat(directory.questions).as("a domain that is another name").isEqualTo(2);

        directory.questions = 0;
        expand(new Asking(false, _ -> false), "alice@demo.test", "bob@demo.test", "team@demo.test", "nobody@demo.test");
        assertThat(directory.questions).as("many recipients").isEqualTo(2);
    }

    @Test
    void goesNoDeeperThanItMay() {
        limits = new ExpansionLimits(1000, 3);
        directory
                .alias("d3@demo.test", "d2@demo.test")
                .alias("d2@demo.test", "d1@demo.test")
                .alias("d1@demo.test", "alice@demo.test")
                .alias("d4@demo.test", "bob@demo.test", "d3@demo.test");

        assertThat(accounts(expand("d3@demo.test"))).containsExactly("alice@demo.test");
        assertThat(expand("d4@demo.test").problems()).containsExactly(Optional.of(Problem.TOO_FAR));
        assertThat(expand("d4@demo.test").copies()).as("all or nobody").isEmpty();
    }

    @Test
    void standsForNoMoreAddressesThanItMay() {
        limits = new ExpansionLimits(20, 10);
        directory
                .alias(
                        "ten@demo.test",
                        IntStream.range(0, 10)
                                .mapToObj(i -> "u" + i + "@far.test")
                                .toArray(String[]::new))
                .alias(
                        "twenty@demo.test",
                        IntStream.range(0, 20)
                                .mapToObj(i -> "v" + i + "@far.test")
                                .toArray(String[]::new))
                .alias("both@demo.test", "ten@demo.test", "twenty@demo.test");

        assertThat(expand("twenty@demo.test").remotes()).hasSize(20);
        assertThat(expand("both@demo.test").problems()).containsExactly(Optional.of(Problem.TOO_FAR));
        assertThat(expand(new Asking(false, _ -> false), "ten@demo.test", "twenty@demo.test")
                        .remotes())
                .as("the limit is each recipient's")
                .hasSize(30);
    }

    @Test
    void allowsAThousandAddressesAndTenLevelsWhenNothingIsSet() {
        assertThat(ExpansionLimits.DEFAULT).isEqualTo(new ExpansionLimits(1000, 10));
    }

    @Test
    void guardsInternalAddressesOnlyWhereTheyAreAskedFor() {
        directory
                .internalAlias("staff@demo.test", "alice@demo.test")
                .internalAccount("boss@demo.test")
                .alias("press@demo.test", "boss@demo.test");
        Asking insider = new Asking(true, _ -> false);

        for (String guarded : List.of("staff@demo.test", "boss@demo.test", "staff@also.test")) {
            assertThat(expand(guarded).problems()).as(guarded).containsExactly(Optional.of(Problem.INTERNAL_ONLY));
            assertThat(expand(insider, guarded).problems()).as(guarded).containsExactly(Optional.empty());
        }
        assertThat(accounts(expand("press@demo.test"))).containsExactly("boss@demo.test");
    }

    @Test
    void endsTheWaysOnWhichTheMessageCameBefore() {
        Expansion expansion = expand(new Asking(false, _ -> false), "team@demo.test", "away@demo.test");
        expansion.breakLoops(Set.of("team@demo.test", "alice@demo.test"));

        assertThat(expansion.problems()).containsExactly(Optional.of(Problem.BEEN_HERE), Optional.empty());
        assertThat(accounts(expansion)).containsExactly("away@demo.test");
    }

    /** Of NOTIFY=SUCCESS,FAILURE: what the next server is told, and whether the sender is told of the expansion. */
    @ParameterizedTest
    @CsvSource({
        "single@demo.test,  FAILURE SUCCESS, false",
        "double@demo.test,  FAILURE,         true",
        "nested@demo.test,  FAILURE,         true",
        "away@demo.test,    FAILURE,         true",
        "any@moved.test,    FAILURE SUCCESS, false",
    })
    void passesTheWishForNotificationsOnAsFarAsThereIsOneRecipient(String address, String left, boolean expanded) {
        directory
                .alias("single@demo.test", "x@far.test")
                .alias("double@demo.test", "x@far.test", "alice@demo.test")
                .alias("nested@demo.test", "double@demo.test");
        ForwardPath path = new ForwardPath(
                EmailAddress.parse(address),
                new Notify(EnumSet.of(Event.SUCCESS, Event.FAILURE), true),
                Optional.empty());
        Expansion expansion = expansion(new Asking(false, _ -> false)).expand(List.of(path));
        Expansion.Remote remote = expansion.remotes().iterator().next();

        assertThat(remote.path().notice().events().stream().map(Event::name).sorted())
                .isEqualTo(words(left));
        assertThat(remote.path().original()).contains(new OriginalRecipient("rfc822", address));
        assertThat(expansion.expanded()).isEqualTo(expanded ? List.of(path) : List.of());
        assertThat(expansion.copies())
                .allSatisfy(copy ->
                        assertThat(copy.path().notice().wants(Event.SUCCESS)).isEqualTo(!expanded));
    }

    @Test
    void asksForNoNotificationAtAllWhenOnlySuccessWasWantedOfMany() {
        ForwardPath path = new ForwardPath(
                EmailAddress.parse("all@demo.test"), new Notify(EnumSet.of(Event.SUCCESS), true), Optional.empty());

        assertThat(expansion(new Asking(false, _ -> false))
                        .expand(List.of(path))
                        .remotes())
                .allSatisfy(remote -> assertThat(remote.path().notice()).isEqualTo(Notify.NEVER));
    }

    @Test
    void keepsTheOriginalRecipientAndMakesOneOnlyForWhoeverWantsNotifications() {
        OriginalRecipient given = new OriginalRecipient("rfc822", "first@demo.test");
        Notify failure = new Notify(EnumSet.of(Event.FAILURE), true);

        assertThat(direct(new ForwardPath(EmailAddress.parse("x@far.test"), failure, Optional.of(given))))
                .contains(given);
        assertThat(direct(new ForwardPath(EmailAddress.parse("x@far.test"), failure, Optional.empty())))
                .contains(new OriginalRecipient("rfc822", "x@far.test"));
        assertThat(direct(new ForwardPath(EmailAddress.parse("\u00e9@far.test"), failure, Optional.empty())))
                .as("RFC 6533 §3")
                .contains(new OriginalRecipient("utf-8", "\u00e9@far.test"));
        assertThat(direct(ForwardPath.of(EmailAddress.parse("x@far.test")))).isEmpty();
    }

    private Optional<OriginalRecipient> direct(ForwardPath path) {
        return expansion(new Asking(true, _ -> true))
                .expand(List.of(path))
                .remotes()
                .iterator()
                .next()
                .path()
                .original();
    }

    private Expansion expand(String address) {
        return expand(new Asking(false, _ -> false), address);
    }

    private Expansion expand(Asking asking, String... addresses) {
        return expansion(asking)
                .expand(Arrays.stream(addresses)
                        .map(EmailAddress::parse)
                        .map(ForwardPath::of)
                        .toList());
    }

    private Expansion expansion(Asking asking) {
        return new Expansion(directory::resolve, asking, limits);
    }

    private List<String> accounts(Expansion expansion) {
        return expansion.copies().stream()
                .map(copy -> directory.addressOf(copy.account()))
                .toList();
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
