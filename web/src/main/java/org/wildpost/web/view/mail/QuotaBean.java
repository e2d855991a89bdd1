// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.ejb.mailbox.Quotas;
import org.wildpost.web.session.CurrentOwner;
import org.wildpost.web.view.Figures;
import org.wildpost.web.view.Texts;

/** How much of what the person may have is used up, below the folders; read once per request. */
@Named("mailQuota")
@RequestScoped
public class QuotaBean {
    @Inject
    Quotas quotas;

    @Inject
    CurrentOwner owner;

    @Inject
    Figures figures;

    @Inject
    Texts texts;

    private @Nullable List<QuotaShare> shares;

    /** One for each limit that there is. */
    public List<QuotaShare> getShares() {
        List<QuotaShare> known = shares;
        if (known == null) {
            known = shares(quotas.of(owner.account()));
            shares = known;
        }
        return known;
    }

    private List<QuotaShare> shares(Quota quota) {
        List<QuotaShare> found = new ArrayList<>();
        quota.limits().octets().ifPresent(limit -> {
            long used = quota.used().octets();
            String text = texts.get("mail.quota.storage", figures.size(used), figures.size(limit));
            found.add(QuotaShare.of(text, used, limit));
        });
        quota.limits().messages().ifPresent(limit -> {
            long used = quota.used().messages();
            found.add(QuotaShare.of(texts.get("mail.quota.messages", used, limit), used, limit));
        });
        return found;
    }
}
