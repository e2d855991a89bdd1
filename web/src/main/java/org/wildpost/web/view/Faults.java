// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.primefaces.application.exceptionhandler.PrimeExceptionHandler;
import org.primefaces.csp.CspException;
import org.wildpost.web.session.AccessDenied;

/**
 * What follows when a page fails. What a script asked for is answered to the script. A whole page that may not be shown, is gone, or whose state is
 * gone, becomes a status that web.xml has a page for; every other fault goes to the container, which logs it and shows the page for 500.
 */
public final class Faults extends ExceptionHandlerWrapper {
    /** Makes a handler for each request; named in faces-config.xml. */
    public static final class Factory extends ExceptionHandlerFactory {
        public Factory(ExceptionHandlerFactory wrapped) {
            super(wrapped);
        }

        @Override
        public ExceptionHandler getExceptionHandler() {
            return new Faults(getWrapped().getExceptionHandler());
        }
    }

    private static final Logger LOG = System.getLogger(Faults.class.getName());

    private final ExceptionHandler scripts;

    Faults(ExceptionHandler pages) {
        super(pages);
        scripts = new PrimeExceptionHandler(pages);
    }

    @Override
    public void handle() {
        FacesContext context = FacesContext.getCurrentInstance();
        if (context.getPartialViewContext().isAjaxRequest()) {
            scripts.handle();
            return;
        }
        OptionalInt status = expected(context.getCurrentPhaseId());
        if (status.isEmpty()) {
            getWrapped().handle();
            return;
        }
        try {
            context.getExternalContext().responseSendError(status.getAsInt(), null);
            context.responseComplete();
        } catch (IOException e) {
            throw new FacesException(e);
        }
    }

    /** Takes the first fault when it is one that has a status. */
    private OptionalInt expected(PhaseId phase) {
        Iterator<ExceptionQueuedEvent> faults =
                getUnhandledExceptionQueuedEvents().iterator();
        if (!faults.hasNext()) {
            return OptionalInt.empty();
        }
        Throwable fault = faults.next().getContext().getException();
        OptionalInt status = status(fault, phase);
        if (status.isPresent()) {
            LOG.log(Level.DEBUG, "A page was not shown", fault);
            faults.remove();
        }
        return status;
    }

    /**
     * The status that stands for a fault, wherever in its causes it is.
     *
     * @param phase where it happened: whatever goes wrong with a page's state is the same to the person, and no stranger may fill the log with it
     */
    static OptionalInt status(@Nullable Throwable fault, PhaseId phase) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case AccessDenied _ -> {
                    return OptionalInt.of(HttpServletResponse.SC_FORBIDDEN);
                }
                case MessageGone _ -> {
                    return OptionalInt.of(HttpServletResponse.SC_NOT_FOUND);
                }
                case ViewExpiredException _, CspException _ -> {
                    return OptionalInt.of(HttpServletResponse.SC_CONFLICT);
                }
                default -> {
                    // Look at its cause.
                }
            }
        }
        return phase.equals(PhaseId.RESTORE_VIEW)
                ? OptionalInt.of(HttpServletResponse.SC_CONFLICT)
                : OptionalInt.empty();
    }
}
