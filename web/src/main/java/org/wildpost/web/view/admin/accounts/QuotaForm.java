// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.admin.accounts;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.core.listener.imap.QuotaLimits;

/** How much mail an account may have, as typed: megabytes and messages, nothing for no limit. */
public class QuotaForm implements Serializable {
    private static final long MEGABYTE = 1024 * 1024;

    /** No field takes more digits. */
    private static final int DIGITS = 10;

    private String storage = "";
    private String messages = "";
    private long usedMegabytes;
    private long usedMessages;

    void show(Quota quota) {
        storage = shown(quota.limits().octets(), MEGABYTE);
        messages = shown(quota.limits().messages(), 1);
        usedMegabytes = Math.ceilDiv(quota.used().octets(), MEGABYTE);
        usedMessages = quota.used().messages();
    }

    private static String shown(OptionalLong limit, long unit) {
        return limit.isPresent() ? String.valueOf(Math.ceilDiv(limit.getAsLong(), unit)) : "";
    }

    /** Empty when something is no number. */
    Optional<QuotaLimits> read() {
        return isNumber(storage) && isNumber(messages)
                ? Optional.of(new QuotaLimits(limit(storage, MEGABYTE), limit(messages, 1)))
                : Optional.empty();
    }

    private static boolean isNumber(String typed) {
        return typed.length() <= DIGITS && typed.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static OptionalLong limit(String typed, long unit) {
        return typed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(typed) * unit);
    }

    public String getStorage() {
        return storage;
    }

    public void setStorage(@Nullable String storage) {
        this.storage = storage == null ? "" : storage.strip();
    }

    public String getMessages() {
        return messages;
    }

    public void setMessages(@Nullable String messages) {
        this.messages = messages == null ? "" : messages.strip();
    }

    public long getUsedMegabytes() {
        return usedMegabytes;
    }

    public long getUsedMessages() {
        return usedMessages;
    }
}
