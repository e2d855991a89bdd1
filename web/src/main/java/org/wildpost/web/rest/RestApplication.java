// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The REST interface at {@code /admin/api/v1}. */
@ApplicationPath("/admin/api/v1")
public class RestApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                BoxesResource.class,
                BoxQuotaResource.class,
                DomainsResource.class,
                AliasesResource.class,
                OriginsResource.class,
                RelayDomainsResource.class,
                RoutesResource.class,
                TlsPoliciesResource.class,
                TlsReportsResource.class,
                QueueResource.class,
                EmailsResource.class,
                DkimResource.class,
                SendingResource.class,
                VaultResource.class,
                RightsResource.class,
                ReportsResource.class,
                BasicAuthentication.class,
                AnswerHeaders.class,
                ProblemMapper.class,
                HttpErrorMapper.class,
                FaultMapper.class);
    }
}
