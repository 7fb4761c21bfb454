package leadglass.dicom.dict;

import java.util.List;
import leadglass.dicom.data.Vr;

/// A row of PS3.6 Table 6-1.
///
/// @param tag eight hexadecimal digits, `x` where any digit may stand (repeating groups)
/// @param vrs one, several alternatives, or none for items and delimiters
/// @param vm value multiplicity as registered, such as `1-n`
public record Attribute(
    String tag, List<Vr> vrs, String vm, String keyword, String name, boolean retired) {}
