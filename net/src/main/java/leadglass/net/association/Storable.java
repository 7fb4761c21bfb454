package leadglass.net.association;

import java.io.IOException;
import java.io.OutputStream;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;

/// An instance that can be sent by C-STORE, in the encoding it is kept in or another that can be
/// made of it.
public interface Storable {
  Uid sopClass();

  Uid sopInstance();

  /// What it is kept in.
  TransferSyntax stored();

  /// Whether [#writeDataSet] writes it so.
  boolean writes(TransferSyntax syntax);

  /// @param syntax for which [#writes] is true
  void writeDataSet(OutputStream out, TransferSyntax syntax) throws IOException;
}
