// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Refusal;
import org.wildpost.web.view.Texts;

/** Says on the page what administration answered. */
@RequestScoped
public class Refusals {
    @Inject
    Texts texts;

    /** Whether it was done; otherwise the page says why not. */
    public boolean done(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> true;
            case Outcome.NotFound<?> _ -> {
                texts.refused("admin.refused.gone");
                yield false;
            }
            case Outcome.Refused<?> refused -> {
                for (Refusal refusal : refused.refusals()) {
                    texts.refused(
                            "admin.refused." + refusal.reason().name(), texts.get("admin.field." + refusal.field()));
                }
                yield false;
            }
        };
    }
}
