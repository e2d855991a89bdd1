// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.ejb.identity.Directory;

/** Which addresses an account may send under: its own, with or without a tag, and the aliases that lead to it. Safe for all threads. */
@ApplicationScoped
public class OwnAddresses {
    @Inject
    Directory directory;

    /** Whether mail to that address would reach the account; its own address costs no query. */
    public boolean isOwn(SmtpClient.Login login, EmailAddress address) {
        return address.canonical().equals(login.address().canonical()) || directory.leadsTo(address, login.account());
    }
}
