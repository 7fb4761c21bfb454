package leadglass.server.scp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import leadglass.archive.Held;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Storable;

/// An instance of the archive that is to be sent.
record Kept(Held held) implements Storable {

  static List<Kept> of(List<Held> held) {
    return held.stream().map(Kept::new).toList();
  }

  static List<Held> held(List<Kept> kept) {
    return kept.stream().map(Kept::held).toList();
  }

  @Override
  public Uid sopClass() {
    return held.sopClass();
  }

  @Override
  public Uid sopInstance() {
    return held.uids().sopInstance();
  }

  @Override
  public TransferSyntax stored() {
    return held.stored();
  }

  @Override
  public boolean writes(TransferSyntax syntax) {
    return held.writes(syntax);
  }

  @Override
  public void writeDataSet(OutputStream out, TransferSyntax syntax) throws IOException {
    held.writeDataSet(out, syntax);
  }
}
