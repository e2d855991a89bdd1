// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

/** Leads a {@link Problem} out of a resource. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
