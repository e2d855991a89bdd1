// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.webmail.Correspondent;
import org.wildpost.ejb.webmail.Enclosure;
import org.wildpost.ejb.webmail.Letter;

/** What stands in the fields of the writing page. */
public final class LetterForm implements Serializable {
    private String to = "";
    private String cc = "";
    private String bcc = "";
    private String subject = "";
    private String text = "";
    private List<String> references = List.of();

    /** @throws org.wildpost.ejb.webmail.NotAnAddress for the first that is none */
    Letter letter(Correspondent from, List<Enclosure> enclosures) {
        return new Letter(
                from,
                Correspondent.parseList(to),
                Correspondent.parseList(cc),
                Correspondent.parseList(bcc),
                subject,
                text,
                enclosures,
                references);
    }

    void setReferences(List<String> references) {
        this.references = references;
    }

    /** Whether there are more recipients than the first field shows. */
    public boolean isMore() {
        return !cc.isEmpty() || !bcc.isEmpty();
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = text(to);
    }

    public String getCc() {
        return cc;
    }

    public void setCc(@Nullable String cc) {
        this.cc = text(cc);
    }

    public String getBcc() {
        return bcc;
    }

    public void setBcc(@Nullable String bcc) {
        this.bcc = text(bcc);
    }

    public String getSubject() {
        return subject;
    }

    public void setSubject(@Nullable String subject) {
        this.subject = text(subject);
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text(text);
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
