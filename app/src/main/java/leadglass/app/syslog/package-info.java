/// Sends audit messages to a syslog collector over TLS: at least once, in order, from the trail
/// itself (docs/operating/audit-forwarding.md).
@NullMarked
package leadglass.app.syslog;

import org.jspecify.annotations.NullMarked;
