// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.wildpost.core.address.EmailAddress;

/** Addresses in a text area, one a line; commas and semicolons separate them as well. */
public final class Addresses {
    private Addresses() {}

    public static List<String> typed(String text) {
        return Arrays.stream(text.split("[\\s,;]+"))
                .filter(address -> !address.isBlank())
                .toList();
    }

    public static String shown(List<EmailAddress> addresses) {
        return addresses.stream().map(EmailAddress::toString).collect(Collectors.joining("\n"));
    }
}
