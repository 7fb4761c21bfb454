package leadglass.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSetReader.Event;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ReadLimits;

/// How a stored data set is put together when it goes out under another patient than the one it
/// came with: which stored bytes stay, and what is put between them.
///
/// Everything at the top level that tells who the patient was is left out and the other patient's
/// attributes are put in its place, in the data set's own encoding. All other bytes stay as they
/// are, unless the data set's character set can't say the other patient's name: then all text
/// becomes UTF-8, and sequences get undefined lengths.
final class Relabelling {
  private static final int MADE_BYTES_MAX = 64 << 20;
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] UTF_8 =
      "ISO_IR 192".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int FIRST_OF_PATIENT = 0x00100000;

  /// Part of what goes out.
  sealed interface Segment {
    long length();

    /// Bytes as stored; of a deflated data set, as inflated.
    record Stored(long offset, long length) implements Segment {}

    /// Bytes that were not there.
    record Made(byte[] bytes) implements Segment {
      @Override
      public long length() {
        return bytes.length;
      }
    }
  }

  /// Opens the data set from its first byte.
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private final List<Segment> segments = new ArrayList<>();
  private final DataSet patient;
  private final boolean bigEndian;
  private final boolean utf8;
  private final Deque<CharacterSet> characterSets = new ArrayDeque<>();
  private final Deque<Boolean> defined = new ArrayDeque<>();
  private final CharacterSet own;
  private long accounted;
  private int made;
  private boolean implicit;
  private boolean named;
  private boolean inserted;
  private long droppingFrom = -1;

  private Relabelling(DataSet patient, CharacterSet own, boolean utf8, TransferSyntax syntax) {
    this.patient = patient;
    this.own = own;
    this.utf8 = utf8;
    this.bigEndian = syntax.bigEndian();
    this.implicit = !syntax.explicitVr();
    characterSets.push(own);
  }

  /// @param source skipping in it should cost nothing
  /// @param patient of [PatientLevel#decode]: text of the top level, in UTF-8
  static List<Segment> plan(Source source, TransferSyntax syntax, DataSet patient)
      throws IOException, DicomException {
    CharacterSet own;
    try (InputStream in = source.open()) {
      own = characterSet(new DataSetReader(in, syntax, ReadLimits.PEER));
    }
    boolean utf8 = false;
    for (Element element : patient) {
      utf8 |= encoded(patient, element, own).isEmpty();
    }
    try (InputStream in = source.open()) {
      Relabelling relabelling = new Relabelling(patient, own, utf8, syntax);
      relabelling.walk(new DataSetReader(in, syntax, ReadLimits.PEER));
      return List.copyOf(relabelling.segments);
    }
  }

  private static CharacterSet characterSet(DataSetReader reader)
      throws IOException, DicomException {
    for (Event event = reader.next(); event != Event.END; event = reader.next()) {
      boolean top = reader.depth() == 0 && event == Event.ELEMENT;
      if (top && reader.tag() == Tag.SPECIFIC_CHARACTER_SET) {
        return CharacterSet.named(reader.value());
      }
      if (top && Integer.compareUnsigned(reader.tag(), Tag.SPECIFIC_CHARACTER_SET) > 0) {
        return CharacterSet.DEFAULT;
      }
    }
    return CharacterSet.DEFAULT;
  }

  /// The value of an attribute in a character set; empty if that can't say it.
  private static Optional<byte[]> encoded(DataSet patient, Element element, CharacterSet set) {
    Element.Value value = (Element.Value) element;
    if (!value.vr().isLocalText() || isAscii(value.bytes())) {
      return Optional.of(value.bytes());
    }
    String text = patient.characterSet().decode(value.bytes(), value.vr());
    byte[] bytes = set.encode(text);
    return set.decode(bytes, value.vr()).equals(text) ? Optional.of(bytes) : Optional.empty();
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < ' ' || b == '\\' || b == '~') { // as all sets of one byte say them
        return false;
      }
    }
    return true;
  }

  private void walk(DataSetReader reader) throws IOException, DicomException {
    long start = 0;
    while (true) {
      Event event = reader.next();
      long end =
          switch (event) {
            case ELEMENT, FRAGMENT -> reader.valueOffset() + reader.length();
            case SEQUENCE, ITEM, ITEM_END, SEQUENCE_END, FRAGMENTS, FRAGMENTS_END, END ->
                reader.position();
          };
      if (droppingFrom >= 0) {
        dropped(event, reader, end);
      } else {
        kept(event, reader, start, end);
      }
      if (event == Event.END) {
        replace(end, end, NOTHING);
        return;
      }
      start = end;
    }
  }

  private void dropped(Event event, DataSetReader reader, long end)
      throws IOException, DicomException {
    if (event == Event.SEQUENCE_END && reader.depth() == 0) {
      replace(droppingFrom, end, NOTHING);
      droppingFrom = -1;
    }
  }

  private void kept(Event event, DataSetReader reader, long start, long end)
      throws IOException, DicomException {
    boolean begins =
        switch (event) {
          case ELEMENT, FRAGMENTS -> reader.depth() == 0;
          case SEQUENCE -> reader.depth() == 1;
          case END -> true;
          case ITEM, ITEM_END, SEQUENCE_END, FRAGMENT, FRAGMENTS_END -> false;
        };
    if (begins) {
      implicit = event == Event.END ? implicit : reader.implicitVr();
      insertBefore(event == Event.END ? -1 : reader.tag(), start);
    }
    if (begins && event != Event.END && PatientLevel.tells(reader.tag())) {
      if (event == Event.SEQUENCE) {
        droppingFrom = start;
      } else {
        replace(start, end, NOTHING);
      }
    } else if (utf8) {
      inUtf8(event, reader, start, end);
    }
  }

  /// The place is before the first attribute that comes behind them.
  private void insertBefore(int tag, long at) throws IOException {
    if (utf8 && !named && Integer.compareUnsigned(tag, Tag.SPECIFIC_CHARACTER_SET) >= 0) {
      named = true;
      if (tag != Tag.SPECIFIC_CHARACTER_SET) {
        replace(at, at, value(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, UTF_8, implicit));
      }
    }
    if (!inserted && Integer.compareUnsigned(tag, FIRST_OF_PATIENT) >= 0) {
      inserted = true;
      for (Element element : patient) {
        if (element.tag() != Tag.SPECIFIC_CHARACTER_SET) {
          byte[] bytes =
              utf8
                  ? ((Element.Value) element).bytes()
                  : encoded(patient, element, own).orElseThrow();
          replace(at, at, value(element.tag(), element.vr(), bytes, implicit));
        }
      }
    }
  }

  private void inUtf8(Event event, DataSetReader reader, long start, long end)
      throws IOException, DicomException {
    switch (event) {
      case ELEMENT -> text(reader, start, end);
      case SEQUENCE -> {
        boolean isDefined = reader.length() >= 0;
        defined.push(isDefined);
        if (isDefined) {
          replace(start, end, made(reader.implicitVr(), w -> w.header(reader.tag(), Vr.SQ, -1)));
        }
      }
      case ITEM -> {
        boolean isDefined = reader.length() >= 0;
        defined.push(isDefined);
        characterSets.push(characterSets.element());
        if (isDefined) {
          replace(start, end, made(reader.implicitVr(), w -> w.marker(Tag.ITEM, -1)));
        }
      }
      case ITEM_END -> {
        characterSets.pop();
        if (defined.pop()) {
          replace(end, end, made(false, w -> w.marker(Tag.ITEM_DELIMITATION, 0)));
        }
      }
      case SEQUENCE_END -> {
        if (defined.pop()) {
          replace(end, end, made(false, w -> w.marker(Tag.SEQUENCE_DELIMITATION, 0)));
        }
      }
      case FRAGMENTS, FRAGMENT, FRAGMENTS_END, END -> {
        // No text.
      }
    }
  }

  private void text(DataSetReader reader, long start, long end) throws IOException, DicomException {
    boolean withoutVr = reader.implicitVr();
    if (reader.tag() == Tag.SPECIFIC_CHARACTER_SET) {
      characterSets.pop();
      characterSets.push(CharacterSet.named(reader.value()));
      replace(start, end, value(reader.tag(), Vr.CS, UTF_8, withoutVr));
    } else if (reader.vr().isLocalText() && reader.length() > 0) {
      String text = characterSets.element().decode(reader.value(), reader.vr());
      byte[] bytes = Encodings.utf8(text);
      if (!Arrays.equals(bytes, reader.value())) {
        replace(start, end, value(reader.tag(), reader.vr(), bytes, withoutVr));
      }
    }
  }

  @FunctionalInterface
  private interface Writing {
    void to(DataSetWriter writer) throws IOException;
  }

  private byte[] value(int tag, Vr vr, byte[] bytes, boolean withoutVr) throws IOException {
    return made(withoutVr, writer -> writer.value(tag, vr, bytes));
  }

  private byte[] made(boolean withoutVr, Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransferSyntax syntax =
        withoutVr
            ? TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN
            : bigEndian
                ? TransferSyntax.EXPLICIT_VR_BIG_ENDIAN
                : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    writing.to(new DataSetWriter(out, syntax));
    return out.toByteArray();
  }

  /// In the order of the data set.
  private void replace(long from, long to, byte[] with) throws IOException {
    if (from > accounted) {
      segments.add(new Segment.Stored(accounted, from - accounted));
    }
    if (with.length > 0) {
      made += with.length;
      if (made > MADE_BYTES_MAX) {
        throw new IOException("more text than can be put into another character set");
      }
      segments.add(new Segment.Made(with));
    }
    accounted = to;
  }
}
