/// Syslog messages (RFC 5424) and how they are framed over TLS (RFC 5425).
@NullMarked
package leadglass.audit.syslog;

import org.jspecify.annotations.NullMarked;
