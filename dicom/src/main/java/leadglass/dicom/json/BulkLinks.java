package leadglass.dicom.json;

import java.util.Optional;
import leadglass.dicom.data.Vr;

/// Says where a value can be fetched that is too large to stand in the JSON (PS3.18 §F.2.6).
@FunctionalInterface
public interface BulkLinks {

  /// Leaves every such attribute out.
  BulkLinks NONE = (path, vr, length) -> Optional.empty();

  /// @param path to the attribute: tags in hexadecimal, with the number of the item, from 1,
  ///   between them, as in `54000100/1/54001010`; see [leadglass.dicom.io.ElementPath]
  /// @param length of the value in bytes; -1 for fragments
  /// @return a BulkDataURI; without one the attribute is left out
  Optional<String> link(String path, Vr vr, long length);
}
