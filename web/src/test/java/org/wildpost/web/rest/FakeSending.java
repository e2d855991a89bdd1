// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.submission.SendingAdministration;
import org.wildpost.ejb.submission.SendingChange;
import org.wildpost.ejb.submission.SendingLimit;
import org.wildpost.ejb.submission.SendingView;

/** Limits of a server with one domain and the frozen account of alice; remembers what was changed. */
final class FakeSending {
    private static final Map<SendingLimit, Long> LIMITS = Map.of(SendingLimit.MESSAGES_PER_HOUR, 300L);
    private static final Map<SendingLimit, Long> USED = Map.of(SendingLimit.MESSAGES_PER_HOUR, 7L);

    final List<String> asked = new ArrayList<>();
    final Administration administration = new Administration();

    final class Administration extends SendingAdministration {
        @Override
        public SendingView server() {
            return new SendingView(Optional.empty(), LIMITS, USED);
        }

        @Override
        public Optional<SendingView> domain(String name) {
            return Optional.of(server()).filter(_ -> name.equals("demo.test"));
        }

        @Override
        public Optional<SendingView> account(String email) {
            SendingView.Policy frozen = new SendingView.Policy(true, Optional.of("too much"));
            return Optional.of(new SendingView(Optional.of(frozen), LIMITS, USED))
                    .filter(_ -> email.equals("alice@demo.test"));
        }

        @Override
        public Outcome<SendingView> changeServer(SendingChange change) {
            asked.add("server " + change);
            return new Outcome.Done<>(server());
        }

        @Override
        public Outcome<SendingView> changeDomain(String name, SendingChange change) {
            return changed("domain " + name + " " + change, domain(name));
        }

        @Override
        public Outcome<SendingView> changeAccount(String email, SendingChange change) {
            return changed("account " + email + " " + change, account(email));
        }

        private Outcome<SendingView> changed(String question, Optional<SendingView> view) {
            asked.add(question);
            return view.<Outcome<SendingView>>map(Outcome.Done::new).orElseGet(Outcome.NotFound::new);
        }
    }
}
