// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.secret;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Vault} whose key is a file: {@code <data>/keys/vault.key}, or the one that the property {@code wildpost.vault.key.file} names; made at
 * the first use, readable for the owner alone. All nodes of a cluster have the same file. AES-256-GCM (NIST SP 800-38D) with a nonce by chance;
 * the purpose is authenticated with it.
 */
@ApplicationScoped
public class FileVault implements Vault {
    /** Octets of the key. */
    static final int KEY = 32;

    /** The first octet of what is sealed: how. */
    private static final byte FORMAT = 1;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final Path file;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable SecretKey key;

    /** With the key of this server. */
    public FileVault() {
        this(configured());
    }

    FileVault(Path file) {
        this.file = file;
    }

    @Override
    public byte[] seal(String purpose, byte[] clear) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, purpose);
            byte[] sealed = cipher.doFinal(clear);
            return ByteBuffer.allocate(1 + NONCE + sealed.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    @Override
    public byte[] open(String purpose, byte[] sealed) {
        if (sealed.length < 1 + NONCE || sealed[0] != FORMAT) {
            throw unreadable(purpose, null);
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(sealed, 1, nonce, 0, NONCE);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (GeneralSecurityException e) {
            throw unreadable(purpose, e);
        }
    }

    private IllegalStateException unreadable(String purpose, @Nullable Exception cause) {
        return new IllegalStateException(
                "the secret '" + purpose + "' was not sealed with the key in " + file
                        + ": put the key file of the server that wrote this database there, or set the secret anew",
                cause);
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private SecretKey key() {
        SecretKey known = key;
        if (known == null) {
            try {
                known = new SecretKeySpec(readOrMake(), "AES");
            } catch (IOException e) {
                throw new UncheckedIOException("the key file " + file + " cannot be read or made", e);
            }
            key = known;
        }
        return known;
    }

    private byte[] readOrMake() throws IOException {
        if (!Files.exists(file)) {
            make();
        }
        String text = Files.readString(file).strip();
        try {
            byte[] octets = Base64.getDecoder().decode(text);
            if (octets.length == KEY) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(malformed(), e);
        }
        throw new IllegalStateException(malformed());
    }

    private String malformed() {
        return "the key file " + file + " must hold " + KEY + " octets as base64; restore it from a backup";
    }

    /** Whole or not at all, and never over one that another process made meanwhile. */
    private void make() throws IOException {
        byte[] octets = new byte[KEY];
        random.nextBytes(octets);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path fresh = Files.createTempFile(
                folder == null ? Path.of(".") : folder,
                "vault-",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, Base64.getEncoder().encodeToString(octets) + "\n");
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // theirs is the key
            return;
        } catch (UnsupportedOperationException e) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Path configured() {
        String file = System.getProperty("wildpost.vault.key.file", "");
        return file.isBlank()
                ? Path.of(System.getProperty("wildpost.data", "data"), "keys", "vault.key")
                : Path.of(file.strip());
    }
}
