// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.util.Optional;

/** What is said before the first message: greeting, EHLO, STARTTLS, EHLO again, AUTH. For one connection and one thread. */
final class Opening {
    private final Talk talk;
    private final Call call;
    private final TlsLayer tlsLayer;
    private final TlsObserver observer;
    private Optional<TlsSighting.Secured> tls = Optional.empty();

    Opening(Talk talk, Call call, TlsLayer tlsLayer, TlsObserver observer) {
        this.talk = talk;
        this.call = call;
        this.tlsLayer = tlsLayer;
        this.observer = observer;
    }

    /** The handshake failed and nobody demands TLS: the host is to be called again without (RFC 7435 §3). */
    static final class TryInClearException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What TLS there is, at the end. */
    Optional<TlsSighting.Secured> tls() {
        return tls;
    }

    /** Does it all; what is offered at the end. */
    Extensions run() throws TalkException, TryInClearException {
        if (call.implicitTls()) {
            handshake();
        }
        greeting();
        Extensions extensions = hello();
        if (!call.implicitTls() && !(call.tls() instanceof TlsDemand.None)) {
            extensions = startTls(extensions);
        }
        if (call.login().isPresent()) {
            new Login(talk, call.login().get()).run(extensions, tls.isPresent());
        }
        return extensions;
    }

    private void greeting() throws TalkException {
        Reply greeting = talk.reply(Stage.GREETING);
        if (!greeting.positive()) {
            throw refusal(Stage.GREETING, greeting);
        }
    }

    /** EHLO, or HELO where it is not known (RFC 5321 §3.2). */
    private Extensions hello() throws TalkException {
        String name = call.origin().helo();
        Reply extended = talk.ask(Stage.HELLO, "EHLO " + name);
        if (extended.positive()) {
            return Extensions.of(extended);
        }
        if (extended.permanent()) {
            Reply plain = talk.ask(Stage.HELLO, "HELO " + name);
            if (plain.positive()) {
                return Extensions.NONE;
            }
            throw refusal(Stage.HELLO, plain);
        }
        throw refusal(Stage.HELLO, extended);
    }

    private Extensions startTls(Extensions extensions) throws TalkException, TryInClearException {
        boolean offered = extensions.has(Extension.START_TLS)
                && talk.ask(Stage.START_TLS, "STARTTLS").positive();
        if (!offered) {
            observer.saw(talk.wire().local(), talk.wire().remote().getAddress(), new TlsSighting.NotOffered());
            if (call.tls() instanceof TlsDemand.Opportunistic) {
                return extensions;
            }
            throw TalkException.unusable(Fate.hostFails("4.7.4", "TLS must be, and the host does not offer it"));
        }
        // Sent before TLS, by anybody on the way, it would be taken for the server's word under TLS.
        if (talk.wire().inputWaiting()) {
            throw TalkException.outOfTurn(Stage.HANDSHAKE, "octets came behind the reply to STARTTLS");
        }
        handshake();
        return hello();
    }

    private void handshake() throws TalkException, TryInClearException {
        TlsSighting seen = tlsLayer.secure(talk.wire(), call.serverName(), call.identity(), call.verifier());
        observer.saw(talk.wire().local(), talk.wire().remote().getAddress(), seen);
        switch (seen) {
            case TlsSighting.Secured secured -> {
                if (call.tls() instanceof TlsDemand.Verified
                        && !(secured.verification() instanceof Verification.Proved)) {
                    throw TalkException.unusable(
                            Fate.hostFails("4.7.5", "the host's certificate does not prove it" + reason(secured)));
                }
                tls = Optional.of(secured);
            }
            case TlsSighting.Broken(String reason) -> {
                if (call.tls() instanceof TlsDemand.Opportunistic && !call.implicitTls()) {
                    throw new TryInClearException();
                }
                throw TalkException.unusable(Fate.hostFails("4.7.5", "TLS must be, and it failed: " + reason));
            }
            case TlsSighting.NotOffered() -> throw new IllegalStateException("nobody asked");
        }
    }

    private static String reason(TlsSighting.Secured secured) {
        return secured.verification() instanceof Verification.Rejected(Verification.Flaw flaw, String reason)
                ? ": " + OneLine.of(reason)
                : "";
    }

    /** Another host may take the mail, even when this one refuses for good (RFC 5321 §3.1). */
    private static TalkException refusal(Stage stage, Reply reply) {
        if (reply.permanent()) {
            return TalkException.unusable(new Fate.Never(reply.status(), reply.text(), Fate.Chance.OTHER_HOST));
        }
        return reply.transientFailure()
                ? TalkException.unusable(Fate.hostFails(reply.status(), reply.text()))
                : TalkException.garbage(stage, reply.text());
    }
}
