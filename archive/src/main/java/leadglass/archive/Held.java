package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.TransferSyntax;

/// An instance on its way out. Nothing is read before a method is called; each call reads anew, and
/// no byte leaves before the seal over it verified.
///
/// Safe for use by several threads; the streams it gives are not, and must be closed.
public final class Held {
  Held() {}

  public StoreOutcome.InstanceUids uids() {
    throw new UnsupportedOperationException();
  }

  /// What it is kept in.
  public TransferSyntax stored() {
    throw new UnsupportedOperationException();
  }

  /// What it goes out in: as stored, but explicit VR little endian instead of implicit VR and big
  /// endian (PS3.18 §8.7.3), and instead of a deflated one if `inflated`.
  public TransferSyntax given(boolean inflated) {
    throw new UnsupportedOperationException("" + inflated);
  }

  /// Writes a file of PS3.10 in [#given].
  public void writeFile(OutputStream out, boolean inflated) throws IOException {
    throw new UnsupportedOperationException("" + inflated + out);
  }

  /// Every attribute but pixel data, encoded in [#stored()] (of a deflated one: inflated).
  public InputStream attributes() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// What [#attributes()] is encoded in.
  public TransferSyntax attributesSyntax() {
    throw new UnsupportedOperationException();
  }

  /// The attributes that describe the image, values longer than 64 KiB left out; for previews.
  public DataSet imageAttributes() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Number of frames that can be told apart; 0 if there is no pixel data.
  public int frames() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// One frame, 1 to [#frames()], in `given(true)`: native frames little endian.
  public Optional<Part> frame(int number) throws IOException {
    throw new UnsupportedOperationException("" + number);
  }

  /// The value of one attribute, little endian; pixel data in all its frames.
  ///
  /// @param path tags of eight hexadecimal digits with item numbers from 0 in between, such as
  ///   `00081140/0/00420011`
  public Optional<Part> bulk(String path) throws IOException {
    throw new UnsupportedOperationException(path);
  }

  /// Bytes and how many.
  public record Part(InputStream bytes, long length) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
