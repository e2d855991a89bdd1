// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;

/** What we say that we can (RFC 9051 §6.1.1, §7.2.2). */
enum Capabilities {
    IMAP4REV1("IMAP4rev1", When.ALWAYS, "RFC 3501"),
    IMAP4REV2("IMAP4rev2", When.ALWAYS, "RFC 9051"),
    LITERAL_MINUS("LITERAL-", When.BEFORE_LOGIN, "RFC 7888"),
    LITERAL_PLUS("LITERAL+", When.AFTER_LOGIN, "RFC 7888"),
    SASL_IR("SASL-IR", When.ALWAYS, "RFC 4959"),
    ID("ID", When.ALWAYS, "RFC 2971"),
    ENABLE("ENABLE", When.ALWAYS, "RFC 5161"),
    IDLE("IDLE", When.ALWAYS, "RFC 2177"),
    STARTTLS("STARTTLS", When.BEFORE_TLS, "RFC 9051 §6.2.1"),
    LOGINDISABLED("LOGINDISABLED", When.LOGIN_REFUSED, "RFC 9051 §7.2.2"),
    AUTH_SCRAM_SHA_256_PLUS("AUTH=SCRAM-SHA-256-PLUS", When.LOGIN_BINDABLE, "RFC 7677"),
    AUTH_SCRAM_SHA_256("AUTH=SCRAM-SHA-256", When.LOGIN_POSSIBLE, "RFC 7677"),
    AUTH_OAUTHBEARER("AUTH=OAUTHBEARER", When.LOGIN_BY_TOKEN, "RFC 7628"),
    /** Google's own; the draft is what it came from, and what became RFC 7628. */
    AUTH_XOAUTH2("AUTH=XOAUTH2", When.LOGIN_BY_TOKEN, "draft-ietf-kitten-sasl-oauth"),
    AUTH_PLAIN("AUTH=PLAIN", When.LOGIN_POSSIBLE, "RFC 4616"),
    AUTH_LOGIN("AUTH=LOGIN", When.LOGIN_POSSIBLE, "draft-murchison-sasl-login"),
    UNAUTHENTICATE("UNAUTHENTICATE", When.AFTER_LOGIN, "RFC 8437"),
    UTF8_ACCEPT("UTF8=ACCEPT", When.AFTER_LOGIN, "RFC 6855"),
    NAMESPACE("NAMESPACE", When.AFTER_LOGIN, "RFC 2342"),
    UIDPLUS("UIDPLUS", When.AFTER_LOGIN, "RFC 4315"),
    UNSELECT("UNSELECT", When.AFTER_LOGIN, "RFC 3691"),
    CHILDREN("CHILDREN", When.AFTER_LOGIN, "RFC 3348"),
    LIST_EXTENDED("LIST-EXTENDED", When.AFTER_LOGIN, "RFC 5258"),
    LIST_STATUS("LIST-STATUS", When.AFTER_LOGIN, "RFC 5819"),
    SPECIAL_USE("SPECIAL-USE", When.AFTER_LOGIN, "RFC 6154"),
    ACL("ACL", When.AFTER_LOGIN, "RFC 4314"),
    RIGHTS("RIGHTS=", When.AFTER_LOGIN, "RFC 4314 §5.1.1"),
    LIST_MYRIGHTS("LIST-MYRIGHTS", When.AFTER_LOGIN, "RFC 8440"),
    CREATE_SPECIAL_USE("CREATE-SPECIAL-USE", When.AFTER_LOGIN, "RFC 6154"),
    METADATA("METADATA", When.AFTER_LOGIN, "RFC 5464"),
    LIST_METADATA("LIST-METADATA", When.AFTER_LOGIN, "RFC 9590"),
    QUOTA("QUOTA", When.AFTER_LOGIN, "RFC 9208"),
    QUOTASET("QUOTASET", When.AFTER_LOGIN, "RFC 9208"),
    QUOTA_STORAGE("QUOTA=RES-STORAGE", When.AFTER_LOGIN, "RFC 9208"),
    QUOTA_MESSAGE("QUOTA=RES-MESSAGE", When.AFTER_LOGIN, "RFC 9208"),
    MOVE("MOVE", When.AFTER_LOGIN, "RFC 6851"),
    CONDSTORE("CONDSTORE", When.AFTER_LOGIN, "RFC 7162"),
    QRESYNC("QRESYNC", When.AFTER_LOGIN, "RFC 7162"),
    UIDONLY("UIDONLY", When.AFTER_LOGIN, "RFC 9586"),
    STATUS_SIZE("STATUS=SIZE", When.AFTER_LOGIN, "RFC 8438"),
    ESEARCH("ESEARCH", When.AFTER_LOGIN, "RFC 4731"),
    SEARCHRES("SEARCHRES", When.AFTER_LOGIN, "RFC 5182"),
    WITHIN("WITHIN", When.AFTER_LOGIN, "RFC 5032"),
    PARTIAL("PARTIAL", When.AFTER_LOGIN, "RFC 9394"),
    SORT("SORT", When.AFTER_LOGIN, "RFC 5256"),
    SORT_DISPLAY("SORT=DISPLAY", When.AFTER_LOGIN, "RFC 5957"),
    THREAD_ORDEREDSUBJECT("THREAD=ORDEREDSUBJECT", When.AFTER_LOGIN, "RFC 5256"),
    THREAD_REFERENCES("THREAD=REFERENCES", When.AFTER_LOGIN, "RFC 5256"),
    I18NLEVEL_1("I18NLEVEL=1", When.AFTER_LOGIN, "RFC 5255"),
    ESORT("ESORT", When.AFTER_LOGIN, "RFC 5267"),
    CONTEXT_SEARCH("CONTEXT=SEARCH", When.AFTER_LOGIN, "RFC 5267"),
    CONTEXT_SORT("CONTEXT=SORT", When.AFTER_LOGIN, "RFC 5267"),
    MULTISEARCH("MULTISEARCH", When.AFTER_LOGIN, "RFC 7377"),
    SEARCH_FUZZY("SEARCH=FUZZY", When.AFTER_LOGIN, "RFC 6203"),
    REPLACE("REPLACE", When.AFTER_LOGIN, "RFC 8508"),
    BINARY("BINARY", When.AFTER_LOGIN, "RFC 3516"),
    MULTIAPPEND("MULTIAPPEND", When.AFTER_LOGIN, "RFC 3502"),
    CATENATE("CATENATE", When.AFTER_LOGIN, "RFC 4469"),
    COMPRESS_DEFLATE("COMPRESS=DEFLATE", When.AFTER_LOGIN, "RFC 4978"),
    NOTIFY("NOTIFY", When.AFTER_LOGIN, "RFC 5465"),
    APPENDLIMIT("APPENDLIMIT=", When.AFTER_LOGIN, "RFC 7889"),
    /** Not MESSAGELIMIT: what reads or marks messages goes through them in batches, however many they are, so that there is nothing to limit. */
    SAVELIMIT("SAVELIMIT=", When.AFTER_LOGIN, "RFC 9738"),
    OBJECTID("OBJECTID", When.AFTER_LOGIN, "RFC 8474"),
    INPROGRESS("INPROGRESS", When.AFTER_LOGIN, "RFC 9585"),
    SAVEDATE("SAVEDATE", When.AFTER_LOGIN, "RFC 8514"),
    PREVIEW("PREVIEW", When.AFTER_LOGIN, "RFC 8970");

    private enum When {
        ALWAYS,
        BEFORE_LOGIN,
        BEFORE_TLS,
        LOGIN_REFUSED,
        LOGIN_POSSIBLE,
        LOGIN_BINDABLE,
        LOGIN_BY_TOKEN,
        AFTER_LOGIN
    }

    private final String word;
    private final When when;
    private final String reference;

    Capabilities(String word, When when, String reference) {
        this.word = word;
        this.when = when;
        this.reference = reference;
    }

    /** Without its value, when it has one. */
    String word() {
        return word;
    }

    /** The document that defines it. */
    String reference() {
        return reference;
    }

    private String value(ImapLimits limits) {
        return switch (this) {
            case APPENDLIMIT -> Long.toString(limits.messageSize());
            // Those that the first specification of ACL did not have.
            case RIGHTS -> "texk";
            case SAVELIMIT -> Integer.toString(limits.saveLimit());
            default -> "";
        };
    }

    /** The list for a connection as it is now, without the word CAPABILITY. */
    static String list(
            boolean secure,
            boolean bindable,
            boolean tokens,
            boolean loginPossible,
            boolean loggedIn,
            ImapLimits limits) {
        List<String> words = new ArrayList<>();
        for (Capabilities capability : values()) {
            boolean shown = switch (capability.when) {
                case ALWAYS -> true;
                case BEFORE_LOGIN -> !loggedIn;
                case BEFORE_TLS -> !secure && !loggedIn;
                case LOGIN_REFUSED -> !loginPossible && !loggedIn;
                case LOGIN_POSSIBLE -> loginPossible && !loggedIn;
                case LOGIN_BINDABLE -> bindable && loginPossible && !loggedIn;
                case LOGIN_BY_TOKEN -> tokens && loginPossible && !loggedIn;
                case AFTER_LOGIN -> loggedIn;
            };
            if (shown) {
                words.add(capability.word + capability.value(limits));
            }
        }
        return String.join(" ", words);
    }
}
