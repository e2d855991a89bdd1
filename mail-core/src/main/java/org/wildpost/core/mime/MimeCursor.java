// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link MimeCodec} wrote piece by piece, for those who pass it on without making objects of it. A text is shown where it lies. For one thread.
 */
public final class MimeCursor {
    private static final int NUMBER_BITS = 63;
    private static final int ADDRESS_LISTS = 6;
    private static final int NUMBERS = 4;

    private final byte[] octets;
    private int position;
    private int start;

    /**
     * Stands at the first field.
     *
     * @throws IllegalStateException when it is of another version
     */
    public MimeCursor(byte[] octets) {
        this.octets = octets;
        int version = octet();
        if (version < MimeCodec.VERSION || version > MimeCodec.REFERENCES_VERSION) {
            throw new IllegalStateException("a stored structure has version " + version + ", this server knows "
                    + MimeCodec.REFERENCES_VERSION);
        }
    }

    /** All octets; not to be changed. */
    public byte[] octets() {
        return octets;
    }

    /** Where the next field begins. */
    public int position() {
        return position;
    }

    /** Goes to where a field begins. */
    public void seek(int field) {
        position = field;
    }

    public boolean truth() {
        return octet() != 0;
    }

    public long number() {
        long number = 0;
        for (int shift = 0; shift < NUMBER_BITS; shift += 7) {
            int octet = octet();
            number |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw new IllegalStateException("a number in a stored structure has no end");
    }

    /**
     * Reads a text.
     *
     * @return octets of its UTF-8 from {@link #start()} on, -1 where there is none
     */
    public int text() {
        long length = number() - 1;
        start = position;
        if (length > octets.length - position) {
            throw cutOff();
        }
        position += (int) Math.max(0, length);
        return (int) length;
    }

    /** Where the last text begins. */
    public int start() {
        return start;
    }

    /** Reads a text, null where there is none. */
    public @Nullable String string() {
        int length = text();
        return length < 0 ? null : new String(octets, start, length, StandardCharsets.UTF_8);
    }

    /** Reads a text and compares it. */
    public boolean isText(byte[] other) {
        int length = text();
        return length == other.length && java.util.Arrays.equals(octets, start, start + length, other, 0, other.length);
    }

    /** Gets past texts. */
    public void skipTexts(long count) {
        for (long i = 0; i < count; i++) {
            text();
        }
    }

    /** Gets past the parameters of a type or a disposition. */
    public void skipMap() {
        skipTexts(2 * number());
    }

    /** Gets past an envelope. */
    public void skipEnvelope() {
        skipTexts(2);
        for (int list = 0; list < ADDRESS_LISTS; list++) {
            skipTexts(3 * number());
        }
        skipTexts(2);
    }

    /** Gets from the MD5 of a part past its location, which comes before its numbers. */
    public void skipExtension() {
        skipTexts(1);
        if (text() >= 0) {
            skipMap();
        }
        skipTexts(number());
        skipTexts(1);
    }

    /** Gets from the beginning of a part to its numbers: where header and body begin, octets and lines of the body. */
    public void skipToNumbers() {
        skipTexts(2);
        skipMap();
        skipTexts(3);
        skipExtension();
    }

    /** Gets past a part and all in it. */
    public void skipPart() {
        skipToNumbers();
        for (int i = 0; i < NUMBERS; i++) {
            number();
        }
        if (truth()) {
            skipEnvelope();
        }
        for (long left = number(); left > 0; left--) {
            skipPart();
        }
    }

    private int octet() {
        if (position >= octets.length) {
            throw cutOff();
        }
        return octets[position++] & 0xff;
    }

    private static IllegalStateException cutOff() {
        return new IllegalStateException("a stored structure is cut off");
    }
}
