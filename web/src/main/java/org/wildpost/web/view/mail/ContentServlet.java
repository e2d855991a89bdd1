// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.ejb.webmail.MessagePart;
import org.wildpost.ejb.webmail.MessageParts;
import org.wildpost.ejb.webmail.OpenedMessage;
import org.wildpost.ejb.webmail.Webmail;
import org.wildpost.web.html.ContentDisposition;
import org.wildpost.web.html.HtmlSanitizer;
import org.wildpost.web.session.CurrentOwner;

/**
 * Serves what strangers wrote, each answer with a policy that lets it do nothing: the sanitised HTML for the sandboxed frame, and files that are
 * only ever saved. Files are streamed in slices.
 */
@WebServlet(name = "content", urlPatterns = "/mail/content/*")
public final class ContentServlet extends HttpServlet {
    /** Octets of a message's own pictures that are shown in its HTML. */
    private static final int MAX_PICTURES = 8 * 1024 * 1024;

    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private final HtmlSanitizer sanitizer = new HtmlSanitizer();

    @Inject
    Webmail webmail;

    @Inject
    CurrentOwner owner;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccountId account = owner.account();
        ContentPath path = ContentPath.parse(request.getPathInfo()).orElse(null);
        OpenedMessage message = path == null
                ? null
                : webmail.read(account, path.folder(), path.uid()).orElse(null);
        if (path == null || message == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        switch (path.kind()) {
            case HTML -> html(request, response, account, path, message);
            case SOURCE -> save(response, "message.eml", webmail.source(account, message));
            case PART -> {
                Optional<MessagePart> part = MessageParts.find(message.root(), path.part());
                if (part.isEmpty()) {
                    response.sendError(HttpServletResponse.SC_NOT_FOUND);
                } else {
                    save(response, part.get().fileName(), webmail.body(account, message, part.get()));
                }
            }
        }
    }

    private void html(
            HttpServletRequest request,
            HttpServletResponse response,
            AccountId account,
            ContentPath path,
            OpenedMessage message)
            throws IOException {
        MessagePart part = message.parts().html().orElse(null);
        if (part == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        boolean remote = RemoteImagesAsked.isAsked(request, path.folder(), path.uid());
        Map<String, String> pictures = pictures(account, message);
        HtmlSanitizer.Result safe = sanitizer.sanitize(
                webmail.text(account, message, part),
                remote ? HtmlSanitizer.RemoteImages.SHOWN : HtmlSanitizer.RemoteImages.BLOCKED,
                cid -> picture(pictures, cid));
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; img-src data:" + (remote ? " https: http:" : "")
                        + "; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
                        + "sandbox allow-popups allow-popups-to-escape-sandbox");
        response.getWriter()
                .write("<!DOCTYPE html><html><head><meta charset=\"UTF-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width\"><style>"
                        + "body{margin:16px;font:15px/1.55 system-ui,sans-serif;color:#1f2937;background:#fff;"
                        + "overflow-wrap:break-word}img{max-width:100%;height:auto}table{max-width:100%}"
                        + "pre{white-space:pre-wrap}blockquote{margin:0 0 0 8px;padding-left:12px;"
                        + "border-left:3px solid #d1d5db}</style></head><body>" + safe.html() + "</body></html>");
    }

    private static @Nullable String picture(Map<String, String> pictures, String contentId) {
        return pictures.get(contentId.replace("%40", "@").toLowerCase(Locale.ROOT));
    }

    /** The message's own pictures as data addresses: a sandboxed frame carries no session with which it could fetch them. */
    private Map<String, String> pictures(AccountId account, OpenedMessage message) throws IOException {
        Map<String, String> pictures = new HashMap<>();
        long left = MAX_PICTURES;
        for (MessagePart part : message.parts().pictures()) {
            left -= part.mime().bodyLength();
            if (PICTURES.contains(part.mediaType()) && left >= 0) {
                try (InputStream body = webmail.body(account, message, part)) {
                    String data = Base64.getEncoder().encodeToString(body.readAllBytes());
                    String id = part.contentId().orElseThrow().toLowerCase(Locale.ROOT);
                    pictures.put(id, "data:" + part.mediaType() + ";base64," + data);
                }
            }
        }
        return pictures;
    }

    /** Whatever the sender called it, the browser gets octets to save. */
    private static void save(HttpServletResponse response, String fileName, InputStream body) throws IOException {
        try (body) {
            response.setContentType("application/octet-stream");
            response.setHeader("Content-Disposition", ContentDisposition.attachment(fileName));
            response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
            body.transferTo(response.getOutputStream());
        } catch (FileNotFoundException e) {
            if (!response.isCommitted()) {
                response.reset();
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        }
    }
}
