/// Whom may be asked: loopback, what somebody answers for, and public addresses that proved
/// themselves.
@NullMarked
package leadglass.survey.scope;

import org.jspecify.annotations.NullMarked;
