// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keys and values between octets 1, as OAUTHBEARER and XOAUTH2 have them (RFC 7628 §3.1). Keys that mean nothing here (host, port) are allowed.
 *
 * @param values by key in lower case
 */
record BearerMessage(Map<String, String> values) {
    private static final char SEPARATOR = '\u0001';
    private static final Pattern KEY = Pattern.compile("[A-Za-z]+");

    /** RFC 7628 §3.1: visible characters and white space. */
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e \\t\\r\\n]*");

    /** The value of auth, its scheme in whatever case (RFC 6750 §2.1, RFC 9110 §11.1). */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    BearerMessage {
        values = Map.copyOf(values);
    }

    /** Reads {@code *(key "=" value %x01) %x01}; empty when it is anything else, or has a key twice. */
    static Optional<BearerMessage> parse(String text) {
        if (text.length() < 2 || text.charAt(text.length() - 1) != SEPARATOR) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        int at = 0;
        while (at < text.length() - 1) {
            int end = text.indexOf(SEPARATOR, at);
            int equals = text.indexOf('=', at);
            // The last separator stands behind the last pair's own.
            if (end == text.length() - 1 || equals < 0 || equals > end) {
                return Optional.empty();
            }
            String key = text.substring(at, equals);
            String value = text.substring(equals + 1, end);
            boolean known = KEY.matcher(key).matches() && isValue(key, value);
            if (!known || values.put(key.toLowerCase(Locale.ROOT), value) != null) {
                return Optional.empty();
            }
            at = end + 1;
        }
        return Optional.of(new BearerMessage(values));
    }

    /** XOAUTH2 has the name of the user among its values, which need not be ASCII. */
    private static boolean isValue(String key, String value) {
        return key.equalsIgnoreCase("user")
                ? value.chars().noneMatch(Character::isISOControl)
                : VALUE.matcher(value).matches();
    }

    /** The token; empty when there is none, or something else than a bearer's. */
    Optional<Secret> token() {
        var bearer = BEARER.matcher(values.getOrDefault("auth", ""));
        return bearer.matches() ? Optional.of(new Secret(bearer.group(1))) : Optional.empty();
    }

    /** A value that is there and not empty. */
    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    /** Tokens are secret. */
    @Override
    public String toString() {
        return "BearerMessage" + values.keySet();
    }
}
