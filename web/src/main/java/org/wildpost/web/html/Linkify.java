// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.html;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the web addresses in plain text, so that a page can make links of them; the page escapes every piece. */
public final class Linkify {
    private static final Pattern ADDRESS = Pattern.compile("\\bhttps?://[^\\s<>\"'，。；）】》]+");

    private Linkify() {}

    /**
     * @param text as it is shown
     * @param href where it leads; empty for plain text
     */
    public record Piece(String text, String href) {
        /** Whether the page makes a link of it. */
        public boolean isLink() {
            return !href.isEmpty();
        }
    }

    /** The text cut into plain pieces and links, in order. */
    public static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = ADDRESS.matcher(text);
        int done = 0;
        while (matcher.find()) {
            String address = matcher.group().replaceAll("[.,;:!?)\\]}]+$", "");
            if (matcher.start() > done) {
                pieces.add(new Piece(text.substring(done, matcher.start()), ""));
            }
            pieces.add(new Piece(address, address));
            done = matcher.start() + address.length();
        }
        if (done < text.length()) {
            pieces.add(new Piece(text.substring(done), ""));
        }
        return List.copyOf(pieces);
    }
}
