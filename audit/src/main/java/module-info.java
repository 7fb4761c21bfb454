/// Audit messages: PS3.15 A.5, syslog (RFC 5424, RFC 5425), FHIR R4 AuditEvent. Knows nothing of
/// archives.
module leadglass.audit {
  requires static transitive org.jspecify;
  requires transitive tools.jackson.databind;

  exports leadglass.audit.fhir;
  exports leadglass.audit.message;
  exports leadglass.audit.syslog;
}
