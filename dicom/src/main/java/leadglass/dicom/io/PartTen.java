package leadglass.dicom.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Uids;

/// A file of PS3.10 §7: preamble, File Meta Information, data set. Reads files that break the rules
/// as far as they can be understood, and says how.
///
/// @param meta group 0002, empty if the file has none
/// @param syntax what the data set is really in
/// @param dataSet the rest of the file
/// @param warnings rules broken so far
public record PartTen(
    DataSet meta, TransferSyntax syntax, InputStream dataSet, List<String> warnings) {

  /// Names this implementation in files and associations (PS3.7 §D.3.3.2): a UUID of ours under
  /// 2.25.
  public static final Uid IMPLEMENTATION_CLASS =
      new Uid("2.25.245346660827869861756337861066266538779");

  public static final String IMPLEMENTATION_VERSION = "LEADGLASS_0_1";

  private static final int PREAMBLE_BYTES = 128;
  private static final int META_BYTES_MAX = 1 << 20;
  private static final int HELD_BYTES_MAX = 1 << 16;

  /// Reads up to the data set.
  ///
  /// @throws DicomException if it is no such file, or in a transfer syntax that has no data set
  public static PartTen read(InputStream file) throws IOException, DicomException {
    BufferedInputStream in = new BufferedInputStream(file, 64 << 10);
    List<String> warnings = new ArrayList<>();
    byte[] start = peek(in, PREAMBLE_BYTES + 4);
    boolean magic =
        start.length == PREAMBLE_BYTES + 4
            && start[128] == 'D'
            && start[129] == 'I'
            && start[130] == 'C'
            && start[131] == 'M';
    if (magic) {
      in.skipNBytes(PREAMBLE_BYTES + 4);
    } else {
      warnings.add("no preamble");
      checkLooksLikeElements(start);
    }
    DataSet meta = meta(in, magic, warnings);
    return new PartTen(meta, syntax(meta, in, warnings), in, warnings);
  }

  private static byte[] peek(InputStream in, int count) throws IOException {
    in.mark(count);
    byte[] bytes = in.readNBytes(count);
    in.reset();
    return bytes;
  }

  /// Without a preamble the first bytes must be an element of one of the first groups.
  private static void checkLooksLikeElements(byte[] start) throws DicomException {
    boolean known =
        start.length >= 8
            && start[1] == 0
            && (start[0] == 2 || start[0] == 8)
            && (start[3] == 0 || start[0] == 8);
    if (!known) {
      throw DicomException.malformed("neither a preamble nor a data set", 0);
    }
  }

  private static DataSet meta(InputStream in, boolean magic, List<String> warnings)
      throws IOException, DicomException {
    ByteArrayOutputStream group = new ByteArrayOutputStream();
    boolean implicit = false;
    boolean hasLength = false;
    for (byte[] head = peek(in, 12); head.length >= 8 && head[0] == 2 && head[1] == 0; ) {
      boolean first = group.size() == 0;
      if (first) {
        implicit = Vr.of(head[4] & 0xFF, head[5] & 0xFF) == null;
      }
      hasLength |= head[2] == 0 && head[3] == 0;
      copyElement(in, head, implicit, group);
      head = peek(in, 12);
    }
    if (group.size() == 0) {
      if (magic && peek(in, 8).length < 8) {
        throw DicomException.truncated("the file ends before its data set", 132);
      }
      warnings.add("no file meta information");
      return DataSet.EMPTY;
    }
    if (implicit) {
      warnings.add("file meta information in implicit VR");
    }
    if (!hasLength) {
      warnings.add("file meta information without its length");
    }
    return DataSets.read(
        new DataSetReader(
            new ByteArrayInputStream(group.toByteArray()),
            implicit
                ? TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN
                : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            ReadLimits.PEER),
        HELD_BYTES_MAX);
  }

  /// Element by element, because the group's length can't be trusted.
  private static void copyElement(
      InputStream in, byte[] head, boolean implicit, ByteArrayOutputStream group)
      throws IOException, DicomException {
    Vr vr = Vr.of(head[4] & 0xFF, head[5] & 0xFF);
    boolean longLength = !implicit && vr != null && vr.hasLongLength();
    if (!implicit && vr == null) {
      throw DicomException.malformed("file meta information without VR", group.size());
    }
    int headBytes = longLength ? 12 : 8;
    if (head.length < headBytes) {
      throw DicomException.truncated("the file meta information ends early", group.size());
    }
    long length =
        longLength ? u32(head, 8) : implicit ? u32(head, 4) : u32(head, 4) >>> 16 & 0xFFFF;
    if (length > META_BYTES_MAX - group.size()) {
      throw DicomException.malformed("file meta information too long", group.size());
    }
    byte[] element = in.readNBytes(headBytes + (int) length);
    if (element.length < headBytes + length) {
      throw DicomException.truncated("the file meta information ends early", group.size());
    }
    group.write(element);
  }

  private static long u32(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL)
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 3] & 0xFFL) << 24;
  }

  private static TransferSyntax syntax(DataSet meta, InputStream in, List<String> warnings)
      throws IOException, DicomException {
    byte[] head = peek(in, 8);
    if (head.length < 8) {
      throw DicomException.truncated("the file ends before its data set", 0);
    }
    Optional<String> named = meta.string(Tag.TRANSFER_SYNTAX_UID);
    if (named.isEmpty()) {
      warnings.add("no transfer syntax");
      return guess(head);
    }
    TransferSyntax syntax =
        Uid.parse(named.get().strip())
            .flatMap(Uids::transferSyntax)
            .orElseThrow(() -> DicomException.malformed("unknown transfer syntax", 132));
    if (!syntax.dataSet()) {
      throw DicomException.malformed("a transfer syntax without a data set", 132);
    }
    boolean looksExplicit = Vr.of(head[4] & 0xFF, head[5] & 0xFF) != null;
    if (!syntax.deflated() && !syntax.bigEndian() && syntax.explicitVr() != looksExplicit) {
      TransferSyntax guessed = guess(head);
      boolean blank = syntax.explicitVr() && head[6] == 0 && head[7] == 0 && u32(head, 4) == 0;
      if (!blank && !syntax.encapsulated()) {
        warnings.add("not in the transfer syntax it names");
        return guessed;
      }
    }
    return syntax;
  }

  /// Explicit VR shows by two capital letters; little endian is all that is guessed.
  private static TransferSyntax guess(byte[] head) {
    return Vr.of(head[4] & 0xFF, head[5] & 0xFF) != null
        ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN
        : TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
  }

  /// Preamble of zeros and File Meta Information of ours (PS3.10 §7.1).
  public static byte[] header(Uid sopClass, Uid sopInstance, Uid transferSyntax) {
    DataSet meta =
        DataSet.builder()
            .add(new leadglass.dicom.data.Element.Value(0x00020001, Vr.OB, new byte[] {0, 1}))
            .uid(Tag.MEDIA_STORAGE_SOP_CLASS_UID, sopClass)
            .uid(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, sopInstance)
            .uid(Tag.TRANSFER_SYNTAX_UID, transferSyntax)
            .uid(Tag.IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_CLASS)
            .text(Tag.IMPLEMENTATION_VERSION_NAME, Vr.SH, IMPLEMENTATION_VERSION)
            .build();
    byte[] group = DataSets.encode(meta);
    byte[] length = DataSets.encode(DataSet.builder().ul(0x00020000, group.length).build());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      out.write(new byte[PREAMBLE_BYTES]);
      out.write(new byte[] {'D', 'I', 'C', 'M'});
      out.write(length);
      out.write(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }
}
