package leadglass.dicom.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Dictionary;
import org.jspecify.annotations.Nullable;

/// Walks an encoded data set event by event (PS3.5 §7), in memory that does not depend on its size
/// or depth. What the standard forbids but can be understood is a warning; what can't be is an
/// exception.
///
/// Drained to [Event#END] it has checked the structure of every byte. Confined to one thread.
public final class DataSetReader {

  /// What comes next.
  public enum Event {
    /// An element with a value; ask for [#value()], [#transferTo] or go on.
    ELEMENT,
    SEQUENCE,
    ITEM,
    ITEM_END,
    SEQUENCE_END,
    /// Encapsulated pixel data begins (PS3.5 §A.4).
    FRAGMENTS,
    /// One fragment, the first being the Basic Offset Table; its value as with [#ELEMENT].
    FRAGMENT,
    FRAGMENTS_END,
    END
  }

  /// Sees every event right after it was read, before whoever asked for it.
  ///
  /// It may ask for [#value()], which stays available to the others.
  @FunctionalInterface
  public interface Observer {
    void saw(Event event, DataSetReader reader) throws IOException, DicomException;
  }

  private static final Observer NOBODY = (event, reader) -> {};
  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int WARNINGS_MAX = 100;

  private enum Level {
    DATA_SET,
    ITEM,
    SEQUENCE,
    FRAGMENTS
  }

  /// Something open. `end` is -1 if its length is undefined; `bound` is the nearest end around it.
  private static final class Open {
    final Level level;
    final long end;
    final long bound;
    final int tag;
    boolean implicit;
    int last;
    boolean any;
    boolean signed;
    int privateGroup;
    final long[] creators = new long[4];

    Open(Level level, long end, long bound, boolean implicit, int tag) {
      this.level = level;
      this.end = end;
      this.bound = bound;
      this.implicit = implicit;
      this.tag = tag;
    }
  }

  private final ByteSource source;
  private final boolean bigEndian;
  private final ReadLimits limits;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private Open top;
  private int tag;
  private Vr vr = Vr.UN;
  private long length;
  private long valueAt;
  private long valueLeft;
  private byte @Nullable [] value;
  private Observer observer = NOBODY;
  private int elements;
  private int depth;
  private boolean ended;
  private boolean implicit;

  /// Reads the bytes of `in` to their end.
  ///
  /// @param syntax how they are encoded; a deflated one is inflated here
  public DataSetReader(InputStream in, TransferSyntax syntax, ReadLimits limits) {
    this.source =
        new ByteSource(
            syntax.deflated() ? new InflateBomb(in, limits) : in, limits.dataSetBytesMax());
    this.bigEndian = syntax.bigEndian();
    this.limits = limits;
    this.top = new Open(Level.DATA_SET, -1, Long.MAX_VALUE, !syntax.explicitVr(), 0);
    open.push(top);
  }

  /// Lets `observer` see the events to come.
  public DataSetReader observedBy(Observer observer) {
    this.observer = observer;
    return this;
  }

  /// The attribute of the event; of an item or a fragment, the attribute it belongs to.
  public int tag() {
    return tag;
  }

  public Vr vr() {
    return vr;
  }

  /// Length of the value; -1 if undefined.
  public long length() {
    return length == UNDEFINED ? -1 : length;
  }

  /// Where the value begins in the encoded (if deflated: inflated) data set.
  public long valueOffset() {
    return valueAt;
  }

  /// Where the next byte lies.
  public long position() {
    return source.position();
  }

  /// Sequences open at this event; 0 at top level.
  public int depth() {
    return depth;
  }

  /// Whether Pixel Representation (0028,0103) said "signed" so far in this data set or around it.
  public boolean signed() {
    return top.signed;
  }

  /// Whether the last attribute came without a VR: as the transfer syntax says, unless the bytes
  /// say otherwise.
  public boolean implicitVr() {
    return implicit;
  }

  /// Rules broken so far, with their tags, without values; the first hundred.
  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  private void warn(String rule) {
    if (warnings.size() < WARNINGS_MAX) {
      warnings.add(Tag.format(tag) + " " + rule);
    }
  }

  /// Goes on to the next event; what is left of a value is skipped.
  ///
  /// @throws DicomException if the bytes are no data set; nothing can be read afterwards
  /// @throws IOException if the stream fails
  public Event next() throws IOException, DicomException {
    source.pass(valueLeft, null);
    valueLeft = 0;
    value = null;
    if (ended) {
      return Event.END;
    }
    Event event = step();
    observer.saw(event, this);
    return event;
  }

  private Event step() throws IOException, DicomException {
    if (top.end >= 0 && source.position() >= top.end) {
      return close();
    }
    return switch (top.level) {
      case DATA_SET, ITEM -> nextElement();
      case SEQUENCE -> nextItem();
      case FRAGMENTS -> nextFragment();
    };
  }

  private Event close() throws DicomException {
    Open closed = open.pop();
    if (closed.end >= 0 && source.position() > closed.end) {
      throw DicomException.malformed("an item reaches past its sequence", source.position());
    }
    top = open.peek() == null ? closed : open.element();
    tag = closed.tag;
    length = 0;
    vr = Vr.SQ;
    return switch (closed.level) {
      case ITEM -> Event.ITEM_END;
      case SEQUENCE -> {
        depth--;
        yield Event.SEQUENCE_END;
      }
      case FRAGMENTS -> Event.FRAGMENTS_END;
      case DATA_SET -> Event.END;
    };
  }

  private Event nextElement() throws IOException, DicomException {
    if (top.level == Level.DATA_SET && source.atEnd()) {
      ended = true;
      return Event.END;
    }
    long start = source.position();
    int group = source.u16(bigEndian);
    tag = group << 16 | source.u16(bigEndian);
    if (group == 0xFFFE) {
      return delimiter(start);
    }
    if (++elements > limits.elementCountMax()) {
      throw DicomException.malformed("more elements than a data set may have", start);
    }
    checkPlace(start);
    readVrAndLength(start);
    return length == UNDEFINED ? undefined(start) : defined(start);
  }

  private Event delimiter(long start) throws IOException, DicomException {
    long marked = source.u32(bigEndian);
    if (tag == Tag.ITEM_DELIMITATION && top.level == Level.ITEM && top.end < 0) {
      if (marked != 0) {
        warn("delimiter with a length");
      }
      return close();
    }
    throw DicomException.malformed("delimiter where an element is expected", start);
  }

  /// Order, duplicates, groups that don't belong here, private blocks without a creator.
  private void checkPlace(long start) throws DicomException {
    if (top.any && Integer.compareUnsigned(tag, top.last) <= 0) {
      warn(tag == top.last ? "occurs twice" : "not in ascending order");
    }
    top.any = true;
    top.last = tag;
    if (Tag.group(tag) == 0 && depth == 0 && start > 0) {
      throw DicomException.malformed("command element or zeros inside a data set", start);
    }
    if (Tag.group(tag) == 2) {
      warn("file meta information inside a data set");
    }
    if (Tag.isPrivate(tag)) {
      checkPrivate();
    }
  }

  private void checkPrivate() {
    if (top.privateGroup != Tag.group(tag)) {
      top.privateGroup = Tag.group(tag);
      java.util.Arrays.fill(top.creators, 0);
    }
    int element = Tag.element(tag);
    int block = Tag.isPrivateCreator(tag) ? element : element >>> 8;
    if (Tag.isPrivateCreator(tag)) {
      top.creators[block >>> 6] |= 1L << block;
    } else if (element >= 0x1000 && (top.creators[block >>> 6] & 1L << block) == 0) {
      warn("private element without its creator");
    }
  }

  /// The first element shows whether there are VRs at all: some files name a syntax that they are
  /// not in.
  private void settleVr() throws IOException, DicomException {
    int first = source.peek(0);
    int second = source.peek(1);
    boolean explicit = Vr.of(first, second) != null;
    boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
    boolean asNamed = top.implicit ? !explicit : explicit || letters;
    if (!asNamed && !bigEndian) {
      top.implicit = !top.implicit;
      warn("not in the transfer syntax it names");
    }
  }

  private void readVrAndLength(long start) throws IOException, DicomException {
    if (start == 0) {
      settleVr();
    }
    implicit = top.implicit;
    if (implicit) {
      vr = Dictionary.vr(tag, top.signed);
      length = source.u32(bigEndian);
    } else {
      int first = source.u8();
      int second = source.u8();
      Vr named = Vr.of(first, second);
      boolean hasLongLength = named != null && named.hasLongLength();
      if (named == null) {
        checkUnknownVr(first, second, start);
        // PS3.5 §6.2.2: VRs to come have a 32-bit length. Some writers give an unknown one a 16-bit
        // length all the same: reserved bytes that are not zero are one.
        named = Vr.UN;
        hasLongLength = source.peek(0) == 0 && source.peek(1) == 0;
      }
      vr = named;
      if (hasLongLength && source.u16(bigEndian) != 0) {
        warn("reserved bytes are not zero");
      }
      length = hasLongLength ? source.u32(bigEndian) : source.u16(bigEndian);
    }
    valueAt = source.position();
  }

  private void checkUnknownVr(int first, int second, long start) throws DicomException {
    boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
    boolean blank = (first == 0 || first == ' ' || first == '?' || first == '-') && first == second;
    if (!letters && !blank) {
      throw DicomException.malformed("no value representation", start + 4);
    }
    warn("unknown value representation");
  }

  private Event undefined(long start) throws IOException, DicomException {
    boolean unknown = vr == Vr.UN;
    if (vr == Vr.SQ || unknown) {
      // PS3.5 §6.2.2: UN of undefined length is a sequence in implicit VR little endian.
      boolean implicit = top.implicit || unknown;
      if (unknown && bigEndian) {
        throw DicomException.malformed("unknown sequence in big endian", start);
      }
      vr = Vr.SQ;
      return enter(Level.SEQUENCE, -1, implicit, Event.SEQUENCE);
    }
    // An icon may be encapsulated like the picture that it stands for (PS3.5 §A.4).
    boolean pixels = tag == Tag.PIXEL_DATA && (vr == Vr.OB || vr == Vr.OW);
    if (!pixels) {
      throw DicomException.malformed(Tag.format(tag) + " undefined length of " + vr, start);
    }
    return enter(Level.FRAGMENTS, -1, top.implicit, Event.FRAGMENTS);
  }

  private Event defined(long start) throws IOException, DicomException {
    if (length > top.bound - valueAt) {
      throw DicomException.malformed(Tag.format(tag) + " reaches past the item it is in", start);
    }
    if (length % 2 != 0) {
      warn("odd length");
    }
    if (vr == Vr.SQ) {
      return enter(Level.SEQUENCE, valueAt + length, top.implicit, Event.SEQUENCE);
    }
    if (vr.unitBytes() > 1 && length % vr.unitBytes() != 0) {
      warn("length that " + vr + " can't have");
    }
    if (tag == Tag.PIXEL_REPRESENTATION && length == 2) {
      top.signed = source.peek(bigEndian ? 1 : 0) == 1;
    }
    valueLeft = length;
    return Event.ELEMENT;
  }

  private Event enter(Level level, long end, boolean implicit, Event event) throws DicomException {
    if (level == Level.SEQUENCE && ++depth > limits.sequenceDepthMax()) {
      throw DicomException.malformed("sequences nested too deep", valueAt);
    }
    push(level, end, implicit);
    return event;
  }

  private void push(Level level, long end, boolean implicit) {
    long bound = end < 0 ? top.bound : Math.min(end, top.bound);
    Open next = new Open(level, end, bound, implicit, tag);
    next.signed = top.signed;
    top = next;
    open.push(next);
  }

  private Event nextItem() throws IOException, DicomException {
    long start = source.position();
    int found = source.u16(bigEndian) << 16 | source.u16(bigEndian);
    length = source.u32(bigEndian);
    tag = top.tag;
    vr = Vr.SQ;
    valueAt = source.position();
    if (found == Tag.SEQUENCE_DELIMITATION && top.end < 0) {
      return close();
    }
    if (found != Tag.ITEM) {
      throw DicomException.malformed("no item where one is expected", start);
    }
    if (++elements > limits.elementCountMax()) {
      throw DicomException.malformed("more items than a data set may have", start);
    }
    if (length != UNDEFINED && length > top.bound - valueAt) {
      throw DicomException.malformed("an item reaches past its sequence", start);
    }
    push(Level.ITEM, length == UNDEFINED ? -1 : valueAt + length, top.implicit);
    return Event.ITEM;
  }

  private Event nextFragment() throws IOException, DicomException {
    long start = source.position();
    if (source.atEnd()) {
      throw DicomException.truncated("no delimiter behind the last fragment", start);
    }
    int found = source.u16(bigEndian) << 16 | source.u16(bigEndian);
    length = source.u32(bigEndian);
    tag = top.tag;
    valueAt = source.position();
    if (found == Tag.SEQUENCE_DELIMITATION) {
      return close();
    }
    if (found != Tag.ITEM || length == UNDEFINED) {
      throw DicomException.malformed("no fragment where one is expected", start);
    }
    if (++elements > limits.elementCountMax()) {
      throw DicomException.malformed("more fragments than a data set may have", start);
    }
    vr = Vr.OB;
    valueLeft = length;
    return Event.FRAGMENT;
  }

  /// The whole value, multi-byte numbers little endian; the same array until the next event.
  ///
  /// @throws DicomException if it is larger than the limits let it be held
  /// @throws IllegalStateException if it was passed on already
  public byte[] value() throws IOException, DicomException {
    byte[] held = value;
    if (held != null) {
      return held;
    }
    if (valueLeft > limits.valueBytesMax()) {
      throw DicomException.malformed(Tag.format(tag) + " larger than can be held", valueAt);
    }
    if (source.position() != valueAt) {
      throw new IllegalStateException("no value, or passed on already");
    }
    held = source.bytes((int) valueLeft);
    valueLeft = 0;
    if (bigEndian) {
      Swap.units(held, held.length, vr.unitBytes());
    }
    value = held;
    return held;
  }

  /// Largest value that [#value()] gives.
  int heldBytesMax() {
    return limits.valueBytesMax();
  }

  /// Whether the value, of which nothing was taken yet, begins with `bytes`.
  boolean valueStartsWith(byte[] bytes) throws IOException, DicomException {
    if (value != null || valueLeft < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (source.peek(i) != (bytes[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /// Passes the value on without holding it, multi-byte numbers little endian.
  public void transferTo(OutputStream out) throws IOException, DicomException {
    byte[] held = value;
    if (held != null) {
      out.write(held);
      return;
    }
    long left = valueLeft;
    valueLeft = 0;
    if (bigEndian && vr.unitBytes() > 1) {
      Swap.Stream swapped = new Swap.Stream(out, vr.unitBytes());
      source.pass(left, swapped);
      swapped.finish();
    } else {
      source.pass(left, out);
    }
  }
}
