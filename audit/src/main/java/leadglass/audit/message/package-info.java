/// The audit message of PS3.15 A.5 and its XML.
@NullMarked
package leadglass.audit.message;

import org.jspecify.annotations.NullMarked;
