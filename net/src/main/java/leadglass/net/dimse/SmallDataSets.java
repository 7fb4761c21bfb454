package leadglass.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ReadLimits;

/// Data sets of queries, answers and normalized services: held whole, so bounded.
public final class SmallDataSets {
  /// 16 MiB hold some hundred thousand references; nothing else comes near.
  static final ReadLimits LIMITS = new ReadLimits(16, 1_000_000, 1 << 20, 16 << 20, 1 << 20, 100);

  private SmallDataSets() {}

  /// @param in read to its end
  public static DataSet read(InputStream in, Uid transferSyntax)
      throws IOException, DicomException {
    return DataSets.read(
        new DataSetReader(in, syntax(transferSyntax), LIMITS), LIMITS.valueBytesMax());
  }

  public static void write(DataSet dataSet, Uid transferSyntax, OutputStream out)
      throws IOException {
    new DataSetWriter(out, syntax(transferSyntax)).write(dataSet);
  }

  private static TransferSyntax syntax(Uid uid) {
    return Uids.transferSyntax(uid).orElse(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
  }
}
