/// DICOMweb (PS3.18): a thin translation to and from `leadglass.archive`.
///
/// May use: `leadglass.server.http`, `leadglass.archive`, `leadglass.dicom`.
@NullMarked
package leadglass.server.web;

import org.jspecify.annotations.NullMarked;
