// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;

class NodeNewsTest {
    @Test
    void goesAsWords() {
        NodeNews news = new NodeNews("n1", Set.of(new MailboxId(12)), Set.of(new AccountId(7)));
        assertThat(news.payloads()).containsExactly("n1 m12 t7");
        assertThat(NodeNews.of("n1 m12 t7")).contains(news);
        assertThat(NodeNews.hello("n1").payloads()).containsExactly("n1");
        assertThat(NodeNews.of("n1")).contains(NodeNews.hello("n1"));
    }

    @Test
    void takesSeveralPayloadsWhenThereIsMuch() {
        Set<MailboxId> many = new HashSet<>();
        for (long id = 1_000_000; id < 1_005_000; id++) {
            many.add(new MailboxId(id));
        }
        List<String> payloads = new NodeNews("n1", many, Set.of(new AccountId(3))).payloads();
        assertThat(payloads)
                .hasSizeGreaterThan(1)
                .allSatisfy(payload -> assertThat(payload.length()).isLessThan(8000));
        Set<MailboxId> heard = new HashSet<>();
        payloads.forEach(
                payload -> heard.addAll(NodeNews.of(payload).orElseThrow().mailboxes()));
        assertThat(heard).isEqualTo(many);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " m1", "n1 m", "n1 m1,2", "n1  m1", "n1 m99999999999999999999", "n1 M1", "n1 m-1"})
    void passesOverWhatOthersSayOnTheChannel(String payload) {
        assertThat(NodeNews.of(payload)).isEmpty();
    }

    @Test
    void passesOverWordsOfNewerVersions() {
        assertThat(NodeNews.of("n1 x5 m2")).contains(new NodeNews("n1", Set.of(new MailboxId(2)), Set.of()));
    }
}
