/// The other end of an enrolment by code: what runs on the device's own machine.
///
/// May use: `leadglass.archive`, for codes and requests.
@NullMarked
package leadglass.app.enrol;

import org.jspecify.annotations.NullMarked;
