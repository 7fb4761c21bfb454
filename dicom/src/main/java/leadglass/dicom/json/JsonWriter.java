package leadglass.dicom.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;

/// Writes data sets as DICOM JSON (PS3.18 Annex F), in UTF-8, one value at a time.
///
/// Group lengths and Data Set Trailing Padding are left out (§F.2.2, PS3.10 §7.2); of two elements
/// with one tag the first stays. Confined to one thread; neither closes nor flushes the stream, so
/// call [#drain()] at the end.
public final class JsonWriter {
  private static final int DATA_SET_TRAILING_PADDING = 0xFFFCFFFC;

  private final JsonBytes json;
  private final JsonValues values;
  private final int inlineBytesMax;
  private final BulkLinks links;
  private Deque<JsonLevel> open = new ArrayDeque<>();
  private boolean inArray;
  private boolean any;

  /// @param inlineBytesMax longer values of VRs that may be bulk are linked; pixel data always is,
  ///   but for that of icons
  public JsonWriter(OutputStream out, int inlineBytesMax, BulkLinks links) {
    this.json = new JsonBytes(out);
    this.values = new JsonValues(json);
    this.inlineBytesMax = inlineBytesMax;
    this.links = links;
  }

  /// Begins an array; what is written until [#endArray()] are its members.
  public void beginArray() throws IOException {
    json.put('[');
    inArray = true;
    any = false;
  }

  public void endArray() throws IOException {
    json.put(']');
    inArray = false;
  }

  /// Passes what is held on to the stream.
  public void drain() throws IOException {
    json.drain();
  }

  private void beginObject() throws IOException {
    if (inArray && any) {
      json.put(',');
    }
    any = true;
    open = new ArrayDeque<>();
  }

  /// Writes a data set in memory. Values that it left where they lay are linked or left out.
  public void write(DataSet dataSet) throws IOException {
    beginObject();
    Deque<Iterator<?>> iterators = new ArrayDeque<>();
    beginDataSet(dataSet.characterSet());
    iterators.push(dataSet.iterator());
    while (!iterators.isEmpty()) {
      Iterator<?> top = iterators.element();
      if (!top.hasNext()) {
        iterators.pop();
        end();
        continue;
      }
      switch (top.next()) {
        case Element.Value value -> value(value);
        case Element.Bulk bulk -> bulk(bulk.tag(), bulk.vr(), bulk.length());
        case Element.Sequence sequence -> {
          if (beginSequence(sequence.tag())) {
            iterators.push(sequence.items().iterator());
          }
        }
        case DataSet item -> {
          beginItem();
          beginDataSet(item.characterSet());
          iterators.push(item.iterator());
        }
        case Object other -> throw new IllegalStateException(other.getClass().getName());
      }
    }
  }

  private void value(Element.Value value) throws IOException {
    if (isBulk(value.tag(), value.vr(), value.bytes().length)) {
      bulk(value.tag(), value.vr(), value.bytes().length);
    } else if (begin(value.tag(), value.vr())) {
      values.write(value.tag(), value.vr(), value.bytes(), top().characterSet);
      json.put('}');
    }
  }

  /// Writes what `reader` still has, to its end. Elements out of order stay out of order.
  ///
  /// @throws DicomException if the bytes are no data set, or hold a name, code or UID longer than
  ///   the reader's limits let it be held
  public void write(DataSetReader reader) throws IOException, DicomException {
    beginObject();
    beginDataSet(CharacterSet.DEFAULT);
    int skipped = 0;
    while (true) {
      DataSetReader.Event event = reader.next();
      if (skipped > 0) {
        // Inside a sequence that has been there already.
        skipped += event == DataSetReader.Event.SEQUENCE ? 1 : 0;
        skipped -= event == DataSetReader.Event.SEQUENCE_END ? 1 : 0;
        continue;
      }
      switch (event) {
        case ELEMENT -> element(reader);
        case SEQUENCE -> skipped = beginSequence(reader.tag()) ? 0 : 1;
        case ITEM -> {
          CharacterSet inherited = top().characterSet;
          beginItem();
          beginDataSet(inherited);
        }
        case ITEM_END, SEQUENCE_END -> end();
        case FRAGMENTS -> bulk(reader.tag(), reader.vr(), -1);
        case FRAGMENT, FRAGMENTS_END -> {
          // Linked as a whole.
        }
        case END -> {
          end();
          return;
        }
      }
    }
  }

  private void element(DataSetReader reader) throws IOException, DicomException {
    int tag = reader.tag();
    Vr vr = reader.vr();
    if (isBulk(tag, vr, reader.length())) {
      bulk(tag, vr, reader.length());
    } else if (begin(tag, vr)) {
      byte[] value = reader.value();
      if (tag == Tag.SPECIFIC_CHARACTER_SET) {
        top().characterSet = CharacterSet.named(value);
      }
      values.write(tag, vr, value, top().characterSet);
      json.put('}');
    }
  }

  private boolean isBulk(int tag, Vr vr, long length) {
    boolean pixels = Tag.isPixelData(tag) && open.size() == 1;
    return (pixels && length > 0) || (length > inlineBytesMax && mayBeLinked(vr));
  }

  /// §F.2.2: names, codes, dates and UIDs always stand in the JSON itself.
  private static boolean mayBeLinked(Vr vr) {
    return switch (vr) {
      case DS, FL, FD, IS, LT, OB, OD, OF, OL, OV, OW, SL, SS, ST, SV, UC, UL, UN, US, UT, UV ->
          true;
      case AE, AS, AT, CS, DA, DT, LO, PN, SH, SQ, TM, UI, UR -> false;
    };
  }

  private void bulk(int tag, Vr vr, long length) throws IOException {
    Optional<String> link = links.link(path(tag), vr, length);
    if (link.isPresent() && begin(tag, vr)) {
      json.put(",\"BulkDataURI\":");
      json.string(link.get());
      json.put('}');
    }
  }

  private String path(int tag) {
    StringBuilder path = new StringBuilder();
    Iterator<JsonLevel> outermostFirst = open.descendingIterator();
    while (outermostFirst.hasNext()) {
      JsonLevel level = outermostFirst.next();
      if (level.isSequence) {
        path.append(Tag.hex(level.tag)).append('/').append(level.count).append('/');
      }
    }
    return path.append(Tag.hex(tag)).toString();
  }

  private JsonLevel top() {
    return open.element();
  }

  private void beginDataSet(CharacterSet characterSet) throws IOException {
    json.put('{');
    open.push(JsonLevel.dataSet(characterSet));
  }

  /// @return false if the element has no place in the JSON
  private boolean begin(int tag, Vr vr) throws IOException {
    if (Tag.isGroupLength(tag) || tag == DATA_SET_TRAILING_PADDING || !top().isNew(tag)) {
      return false;
    }
    if (top().count++ > 0) {
      json.put(',');
    }
    json.put('"');
    json.hex(tag);
    json.put("\":{\"vr\":\"");
    json.put(vr.name());
    json.put('"');
    return true;
  }

  private boolean beginSequence(int tag) throws IOException {
    if (!begin(tag, Vr.SQ)) {
      return false;
    }
    open.push(JsonLevel.sequence(tag, top().characterSet));
    return true;
  }

  private void beginItem() throws IOException {
    json.put(top().count++ > 0 ? "," : ",\"Value\":[");
  }

  private void end() throws IOException {
    JsonLevel ended = open.pop();
    json.put(ended.isSequence && ended.count > 0 ? "]}" : "}");
  }
}
