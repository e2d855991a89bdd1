// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.ejb.queue.NoticeRecipients;
import org.wildpost.ejb.settings.ServerSettings;

/** Brings notifications to senders as any mail to them would go: through aliases, redirects and return paths of ours. */
@ApplicationScoped
public class Homecoming implements NoticeRecipients {
    @Inject
    Recipients recipients;

    @Inject
    ServerSettings settings;

    @Override
    public Found find(EmailAddress reversePath) {
        Expansion expansion = new Expansion(
                        recipients::resolve, new Asking(true, _ -> true), settings.expansionLimits())
                .expand(List.of(ForwardPath.of(reversePath)));
        return new Found(
                expansion.copies().stream().map(Expansion.Copy::account).collect(Collectors.toSet()),
                expansion.remotes().stream()
                        .map(remote -> remote.path().address())
                        .toList());
    }
}
