// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin.accounts;

import java.io.Serializable;
import org.wildpost.ejb.admin.MailHandling;

/** The switches for what an account does with mail. */
public class HandlingForm implements Serializable {
    private boolean discard;
    private boolean redirectOnly;
    private boolean internalOnly;
    private boolean copyToSent;

    void show(MailHandling handling) {
        discard = handling.discard();
        redirectOnly = handling.redirectOnly();
        internalOnly = handling.internalOnly();
        copyToSent = handling.copyToSent();
    }

    MailHandling read() {
        return new MailHandling(discard, redirectOnly, internalOnly, copyToSent);
    }

    public boolean isDiscard() {
        return discard;
    }

    public void setDiscard(boolean discard) {
        this.discard = discard;
    }

    public boolean isRedirectOnly() {
        return redirectOnly;
    }

    public void setRedirectOnly(boolean redirectOnly) {
        this.redirectOnly = redirectOnly;
    }

    public boolean isInternalOnly() {
        return internalOnly;
    }

    public void setInternalOnly(boolean internalOnly) {
        this.internalOnly = internalOnly;
    }

    public boolean isCopyToSent() {
        return copyToSent;
    }

    public void setCopyToSent(boolean copyToSent) {
        this.copyToSent = copyToSent;
    }
}
