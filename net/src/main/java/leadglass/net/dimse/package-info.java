/// DIMSE (PS3.7): command sets, messages whose data set stays a stream, and the services that
/// answer them.
///
/// May use: `leadglass.net.ul`, `leadglass.dicom.data`. No socket, clock or log.
@NullMarked
package leadglass.net.dimse;

import org.jspecify.annotations.NullMarked;
