// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parameter of MAIL or RCPT (RFC 5321 §4.1.2, {@code esmtp-param}).
 *
 * @param keyword in upper case
 * @param value   what stands behind the equals sign, if one stands there
 */
record EsmtpParameter(String keyword, Optional<String> value) {
    /** RFC 6531 §3.3 widens {@code esmtp-value} by all beyond ASCII. */
    private static final Pattern GRAMMAR = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([^\\x00-\\x20=\\x7f]+))?");

    /**
     * Takes all parameters of a command apart.
     *
     * @throws SmtpSyntaxException one is malformed, or there twice
     */
    static List<EsmtpParameter> parse(String text) throws SmtpSyntaxException {
        List<EsmtpParameter> parameters = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String word : text.isBlank() ? new String[0] : text.strip().split(" +")) {
            Matcher matcher = GRAMMAR.matcher(word);
            if (!matcher.matches()) {
                throw SmtpSyntaxException.argument("a parameter is malformed");
            }
            String keyword = matcher.group(1).toUpperCase(Locale.ROOT);
            EsmtpParameter parameter = new EsmtpParameter(keyword, Optional.ofNullable(matcher.group(2)));
            if (!seen.add(keyword)) {
                throw parameter.wrong("is there twice");
            }
            parameters.add(parameter);
        }
        return parameters;
    }

    /** The value of a parameter that cannot do without. */
    String required() throws SmtpSyntaxException {
        return value.orElseThrow(() -> wrong("needs a value"));
    }

    /** Sees to it that there is no value. */
    void alone() throws SmtpSyntaxException {
        if (value.isPresent()) {
            throw wrong("takes no value");
        }
    }

    /** The value matched against a grammar. */
    Matcher matching(Pattern grammar, String wanted) throws SmtpSyntaxException {
        Matcher matcher = grammar.matcher(required());
        if (!matcher.matches()) {
            throw wrong("is " + wanted);
        }
        return matcher;
    }

    /** 5.5.4 says that an argument is wrong (RFC 3463 §3.6); for a priority RFC 6710 §4.1 names the code of syntax. */
    private SmtpSyntaxException wrong(String text) {
        String enhanced = keyword.equals("MT-PRIORITY") ? "5.5.2" : "5.5.4";
        return new SmtpSyntaxException(501, enhanced, keyword + " " + text);
    }

    /** The answer to a keyword that nobody here knows (RFC 5321 §4.1.1.11). */
    SmtpSyntaxException unknown() {
        return new SmtpSyntaxException(555, "5.5.4", "the parameter " + keyword + " is not offered");
    }
}
