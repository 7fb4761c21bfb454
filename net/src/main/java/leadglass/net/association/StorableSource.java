package leadglass.net.association;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import leadglass.dicom.data.TransferSyntax;
import leadglass.net.dimse.DataSetSource;

/// The data set of an instance that is sent. Tells an instance that can't be read from a peer that
/// can't be written to. Confined to one thread.
public final class StorableSource implements DataSetSource {
  private final Storable instance;
  private final TransferSyntax syntax;
  private boolean begun;
  private boolean unreadable;

  public StorableSource(Storable instance, TransferSyntax syntax) {
    this.instance = instance;
    this.syntax = syntax;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    begun = true;
    Wire wire = new Wire(out);
    try {
      instance.writeDataSet(wire, syntax);
    } catch (IOException | RuntimeException e) {
      unreadable = !wire.gone;
      throw e;
    }
  }

  /// Whether the peer was about to get it.
  public boolean begun() {
    return begun;
  }

  /// Whether it ended because the instance could not be read.
  public boolean unreadable() {
    return unreadable;
  }

  private static final class Wire extends FilterOutputStream {
    private boolean gone;

    Wire(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      gone = true;
      out.write(bytes, offset, length);
      gone = false;
    }
  }
}
