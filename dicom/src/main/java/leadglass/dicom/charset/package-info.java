/// Specific Character Set (PS3.5 §6.1, PS3.3 §C.12.1.1.2): bytes to text and back.
@NullMarked
package leadglass.dicom.charset;

import org.jspecify.annotations.NullMarked;
