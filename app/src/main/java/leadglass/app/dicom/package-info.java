/// Another toolkit's work: what a device needs to be tried out, asked and filled from a command
/// line. Speaks TLS and nothing else.
@NullMarked
package leadglass.app.dicom;

import org.jspecify.annotations.NullMarked;
