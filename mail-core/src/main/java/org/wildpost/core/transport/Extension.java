// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/** Extensions of SMTP that this client makes use of, with their EHLO keywords. */
enum Extension {
    /** RFC 2920 */
    PIPELINING("PIPELINING"),
    /** RFC 1870; the parameter is the limit. */
    SIZE("SIZE"),
    /** RFC 6152 */
    EIGHT_BIT("8BITMIME"),
    /** RFC 6531 */
    UTF8("SMTPUTF8"),
    /** RFC 3030 §2 */
    CHUNKING("CHUNKING"),
    /** RFC 3030 §3 */
    BINARY("BINARYMIME"),
    /** RFC 3461 */
    DSN("DSN"),
    /** RFC 3207 */
    START_TLS("STARTTLS"),
    /** RFC 4954; the parameters are mechanisms. */
    AUTH("AUTH"),
    /** RFC 8689 */
    REQUIRE_TLS("REQUIRETLS"),
    /** RFC 6710 */
    PRIORITY("MT-PRIORITY"),
    /** RFC 2852; the parameter is the least time. */
    DELIVER_BY("DELIVERBY"),
    /** RFC 9422; the parameters are limits. */
    LIMITS("LIMITS");

    private final String keyword;

    Extension(String keyword) {
        this.keyword = keyword;
    }

    String keyword() {
        return keyword;
    }
}
