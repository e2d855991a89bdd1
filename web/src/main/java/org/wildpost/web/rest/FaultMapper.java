// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Writes a fault to the log, and to the client only that there was one. */
@Provider
public class FaultMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(FaultMapper.class.getName());

    @Override
    public Response toResponse(Throwable fault) {
        LOG.log(Level.ERROR, "A request failed", fault);
        return Problem.of(500, "the server failed; its log says why").response();
    }
}
