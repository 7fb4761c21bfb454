/// The one door to patient data: every method takes a caller, asks the gate, writes the audit
/// entry.
///
/// May use: `leadglass.store`, `leadglass.dicom`. Used by: `leadglass.server`, `leadglass.app`. No
/// sockets here.
@NullMarked
package leadglass.archive;

import org.jspecify.annotations.NullMarked;
