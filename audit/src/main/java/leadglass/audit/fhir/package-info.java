/// Audit messages as FHIR R4 AuditEvent resources.
@NullMarked
package leadglass.audit.fhir;

import org.jspecify.annotations.NullMarked;
