// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.wildpost.ejb.secret.Vault;

/** Seals so that a test can see for what, and cannot read what. */
public final class TestVault implements Vault {
    private static final byte MASK = 0x5a;

    @Override
    public byte[] seal(String purpose, byte[] clear) {
        byte[] head = (purpose + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(head, head.length + clear.length);
        for (int i = 0; i < clear.length; i++) {
            sealed[head.length + i] = (byte) (clear[i] ^ MASK);
        }
        return sealed;
    }

    @Override
    public byte[] open(String purpose, byte[] sealed) {
        int end = 0;
        while (end < sealed.length && sealed[end] != '\n') {
            end++;
        }
        if (!new String(sealed, 0, end, StandardCharsets.UTF_8).equals(purpose)) {
            throw new IllegalStateException("sealed for something else");
        }
        byte[] clear = Arrays.copyOfRange(sealed, Math.min(end + 1, sealed.length), sealed.length);
        for (int i = 0; i < clear.length; i++) {
            clear[i] ^= MASK;
        }
        return clear;
    }
}
