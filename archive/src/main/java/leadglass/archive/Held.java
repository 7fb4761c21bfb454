package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ElementPath;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.PixelLayout;
import leadglass.dicom.io.ReadLimits;
import leadglass.dicom.io.Transcoder;
import leadglass.store.InstanceRow;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StoredBytes;
import org.jspecify.annotations.Nullable;

/// An instance on its way out. Nothing is read before a method is called; each call reads anew, and
/// no byte leaves before the seal over it verified.
///
/// Safe for use by several threads; the streams it gives are not, and must be closed.
public final class Held {
  private static final int ATTRIBUTE_BYTES_MAX = 64 << 10;

  private final Store store;
  private final SiteId site;
  private final InstanceRow row;
  private final Optional<DataSet> patient;
  private final Delivered delivered;
  private volatile @Nullable List<Relabelling.Segment> relabelling;

  Held(Store store, SiteId site, InstanceRow row) {
    this(store, site, row, Optional.empty(), Delivered.uncounted());
  }

  /// @param patient whom its study was given to since it came
  /// @param delivered told what goes out
  Held(Store store, SiteId site, InstanceRow row, Optional<DataSet> patient, Delivered delivered) {
    this.store = store;
    this.site = site;
    this.row = row;
    this.patient = patient;
    this.delivered = delivered;
  }

  public StoreOutcome.InstanceUids uids() {
    return Instance.uids(row);
  }

  public Uid sopClass() {
    return row.sopClass();
  }

  /// Length of the data set as it is kept.
  public long dataSetBytes() {
    return row.dataSetBytes();
  }

  /// What it is kept in.
  public TransferSyntax stored() {
    return Uids.transferSyntax(row.transferSyntax()).orElseThrow();
  }

  /// What it goes out in: as stored, but explicit VR little endian instead of implicit VR and big
  /// endian (PS3.18 §8.7.3), and instead of a deflated one if `inflated` or if its study was given
  /// to another patient since.
  public TransferSyntax given(boolean inflated) {
    TransferSyntax stored = stored();
    boolean inflates = stored.deflated() && (inflated || patient.isPresent());
    boolean asStored = stored.explicitVr() && !stored.bigEndian() && !inflates;
    return asStored ? stored : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
  }

  /// Writes a file of PS3.10 in [#given].
  public void writeFile(OutputStream out, boolean inflated) throws IOException {
    TransferSyntax given = given(inflated);
    delivered.frames(framesFiled());
    out.write(PartTen.header(row.sopClass(), row.sopInstance(), given.uid()));
    try (InputStream dataSet = attributes()) {
      if (given.equals(attributesSyntax())) {
        dataSet.transferTo(out);
      } else {
        Transcoder.toExplicitLittleEndian(
            new DataSetReader(dataSet, attributesSyntax(), ReadLimits.PEER), out);
      }
    } catch (DicomException e) {
      throw damaged(e);
    }
  }

  /// Whether the data set can be written in a transfer syntax: in the one it is kept in, and native
  /// pixel data in every native one.
  public boolean writes(TransferSyntax syntax) {
    return syntax.equals(attributesSyntax())
        || (Transcoder.isNative(syntax) && Transcoder.isNative(stored()));
  }

  /// Writes the data set alone, under the patient it belongs to now.
  ///
  /// @param syntax for which [#writes] is true
  public void writeDataSet(OutputStream out, TransferSyntax syntax) throws IOException {
    if (!writes(syntax)) {
      throw new IllegalArgumentException("this transfer syntax needs a decoder");
    }
    delivered.frames(framesFiled());
    try (InputStream dataSet = attributes()) {
      if (syntax.equals(attributesSyntax())) {
        dataSet.transferTo(out);
      } else {
        Transcoder.to(syntax, new DataSetReader(dataSet, attributesSyntax(), ReadLimits.PEER), out);
      }
    } catch (DicomException e) {
      throw damaged(e);
    }
  }

  /// Length of what [#writeFile] writes, or -1 if that shows only while it is written.
  public long fileBytes(boolean inflated) {
    TransferSyntax given = given(inflated);
    return given.equals(stored()) && patient.isEmpty()
        ? PartTen.header(row.sopClass(), row.sopInstance(), given.uid()).length + dataSetBytes()
        : -1;
  }

  /// The data set as stored, under the patient it belongs to now. Skipping in it costs nothing, so
  /// a reader that passes over pixel data does not unseal it.
  public InputStream attributes() throws IOException {
    if (patient.isEmpty()) {
      return whole();
    }
    List<Relabelling.Segment> segments = relabelling(patient.get());
    return new Relabelled(inflated(), segments);
  }

  private List<Relabelling.Segment> relabelling(DataSet now) throws IOException {
    List<Relabelling.Segment> known = relabelling;
    if (known != null) {
      return known;
    }
    try {
      List<Relabelling.Segment> made = Relabelling.plan(this::inflated, attributesSyntax(), now);
      relabelling = made;
      return made;
    } catch (DicomException e) {
      throw damaged(e);
    }
  }

  /// Byte for byte what came.
  private InputStream whole() throws IOException {
    StoredBytes bytes = store.open(site, row);
    return new StoredStream(bytes, 0, bytes.length(), delivered);
  }

  private InputStream inflated() throws IOException {
    return stored().deflated() ? new Inflated(whole()) : whole();
  }

  /// What [#attributes()] is encoded in.
  public TransferSyntax attributesSyntax() {
    return stored().deflated() && patient.isPresent()
        ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN
        : stored();
  }

  /// The attributes that describe the image, values longer than 64 KiB left where they are; for
  /// previews.
  public DataSet imageAttributes() throws IOException {
    try (InputStream dataSet = attributes()) {
      return DataSets.read(
          new DataSetReader(dataSet, attributesSyntax(), ReadLimits.PEER), ATTRIBUTE_BYTES_MAX);
    } catch (DicomException e) {
      throw damaged(e);
    }
  }

  /// Number of frames that can be told apart; 0 if there is no pixel data.
  public int frames() throws IOException {
    PixelLayout layout = layout();
    return layout.addressing() == PixelLayout.Addressing.FRAMES ? layout.frames() : 0;
  }

  private PixelLayout layout() throws IOException {
    try (StoredBytes bytes = store.open(site, row)) {
      return PixelLayout.decode(bytes.layout());
    } catch (DicomException e) {
      throw damaged(e);
    }
  }

  /// One frame, 1 to [#frames()], in `given(true)`: native frames little endian.
  public Optional<Part> frame(int number) throws IOException {
    PixelLayout layout = layout();
    if (layout.addressing() != PixelLayout.Addressing.FRAMES
        || number < 1
        || number > layout.frames()) {
      return Optional.empty();
    }
    Part part = Parts.frame(this, layout.frame(number));
    return Optional.of(
        new Part(
            part.length(),
            out -> {
              delivered.frames(1);
              part.writeTo(out);
            }));
  }

  /// As its attributes say: all of them go out with the file.
  private int framesFiled() {
    DataSet filed = Rows.whole(row);
    if (!filed.contains(Tag.ROWS)) {
      return 0;
    }
    return Math.max(1, filed.integer(Tag.NUMBER_OF_FRAMES).orElse(1));
  }

  /// The value of one attribute, little endian; of encapsulated pixel data all fragments.
  ///
  /// @param path tags of eight hexadecimal digits with item numbers from 1 in between, such as
  ///   `00081140/1/00420011`; see [ElementPath]
  public Optional<Part> bulk(String path) throws IOException {
    try {
      Optional<ElementPath> parsed = ElementPath.parse(path);
      return parsed.isEmpty() ? Optional.empty() : Parts.bulk(this, layout(), parsed.get());
    } catch (DicomException e) {
      throw damaged(e);
    }
  }

  /// Frees what zlib holds outside the heap.
  private static final class Inflated extends InflaterInputStream {
    Inflated(InputStream deflated) {
      super(deflated, new Inflater(true), 16 << 10);
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }

  /// Part of the data set as it came; of a deflated one, of what that inflates to.
  InputStream part(long offset, long length) throws IOException {
    if (stored().deflated()) {
      InputStream inflated = inflated();
      try {
        inflated.skipNBytes(offset);
      } catch (IOException e) {
        inflated.close();
        throw e;
      }
      return new Limited(inflated, length);
    }
    return new StoredStream(store.open(site, row), offset, length, delivered);
  }

  static IOException damaged(DicomException e) {
    return new IOException("what was read when it came can't be read any more", e);
  }

  /// A value on its way out. Nothing is read before it is written.
  ///
  /// @param length in bytes
  public record Part(long length, Writer writer) {

    /// Puts the bytes somewhere.
    @FunctionalInterface
    public interface Writer {
      void writeTo(OutputStream out) throws IOException;
    }

    /// Writes exactly [#length()] bytes; may be called again.
    public void writeTo(OutputStream out) throws IOException {
      writer.writeTo(out);
    }
  }

  @Override
  public String toString() {
    return "Held[" + dataSetBytes() + " bytes]";
  }
}
