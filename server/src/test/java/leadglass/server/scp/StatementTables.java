package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import leadglass.archive.Commitments;
import leadglass.archive.PerformedSteps;
import leadglass.archive.Question;
import leadglass.archive.Question.Level;
import leadglass.archive.WorklistKeys;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Attribute;
import leadglass.dicom.dict.Dictionary;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.PartTen;
import leadglass.net.association.AcceptorSettings;
import leadglass.net.association.ContextPolicy;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestorSettings;
import leadglass.net.association.StorageProposal;
import leadglass.net.dimse.MessageReader;
import leadglass.net.tls.SecureTransport;
import leadglass.net.ul.Rejection;

/// Tables of the conformance statement that need no running archive: they come out of the lists and
/// bounds that every archive runs by.
final class StatementTables {
  private static final String YES = "yes";
  private static final String NO = "·";

  /// Of no meaning but that half of it is a share.
  private static final int ASSOCIATIONS = 1000;

  /// PS3.4 Table C.5-1.
  private static final List<String> TERMS =
      List.of(
          "relational queries",
          "combined date-time matching",
          "fuzzy semantic matching of person names",
          "timezone query adjustment",
          "enhanced multi-frame image conversion",
          "empty value matching",
          "multiple value matching");

  /// PS3.3 Tables C.12-2 to C.12-5: the numbers of terms, and the repertoires.
  private static final Map<String, String> REPERTOIRES =
      Map.ofEntries(
          Map.entry("6", "default repertoire"),
          Map.entry("13", "Japanese, katakana"),
          Map.entry("58", "Simplified Chinese"),
          Map.entry("87", "Japanese, kanji"),
          Map.entry("100", "Latin alphabet No. 1"),
          Map.entry("101", "Latin alphabet No. 2"),
          Map.entry("109", "Latin alphabet No. 3"),
          Map.entry("110", "Latin alphabet No. 4"),
          Map.entry("126", "Greek"),
          Map.entry("127", "Arabic"),
          Map.entry("138", "Hebrew"),
          Map.entry("144", "Cyrillic"),
          Map.entry("148", "Latin alphabet No. 5"),
          Map.entry("149", "Korean"),
          Map.entry("159", "Japanese, supplementary kanji"),
          Map.entry("166", "Thai"),
          Map.entry("192", "Unicode in UTF-8"),
          Map.entry("203", "Latin alphabet No. 9"));

  private StatementTables() {}

  /// Name and tag of an attribute.
  static String attribute(int tag) {
    return Dictionary.attribute(tag).orElseThrow().name().replace("\u200B", "")
        + " "
        + Tag.format(tag);
  }

  static String name(Uid uid) {
    return Uids.find(uid).orElseThrow().name().replace("\u200B", "");
  }

  private static String vrs(int tag) {
    return Dictionary.attribute(tag).orElseThrow().vrs().stream()
        .map(Vr::name)
        .collect(Collectors.joining(" or "));
  }

  private static String mark(boolean is) {
    return is ? YES : NO;
  }

  static List<Uid> transferSyntaxes(ContextPolicy.Verdict verdict) {
    return ((ContextPolicy.Accepted) verdict).transferSyntaxes();
  }

  static String storedTransferSyntaxes() {
    MarkdownTable table = new MarkdownTable("transfer syntax", "UID", "encapsulated", "retired");
    for (Uid uid : transferSyntaxes(DeviceAdmission.STORED)) {
      TransferSyntax syntax = Uids.transferSyntax(uid).orElseThrow();
      table.row(name(uid), uid, mark(syntax.encapsulated()), mark(syntax.retired()));
    }
    return table.toString();
  }

  static String otherTransferSyntaxes() {
    List<Uid> stored = transferSyntaxes(DeviceAdmission.STORED);
    MarkdownTable table = new MarkdownTable("transfer syntax", "UID");
    for (TransferSyntax each : Uids.transferSyntaxes()) {
      if (!stored.contains(each.uid())) {
        table.row(name(each.uid()), each.uid());
      }
    }
    return table.toString();
  }

  private static String kibibytes(int bytes) {
    return (bytes >> 10) + " KiB";
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  static String associations() {
    AcceptorSettings ours =
        AcceptorSettings.defaults(
            ASSOCIATIONS, PartTen.IMPLEMENTATION_CLASS, PartTen.IMPLEMENTATION_VERSION);
    RequestorSettings asking =
        RequestorSettings.defaults(PartTen.IMPLEMENTATION_CLASS, PartTen.IMPLEMENTATION_VERSION);
    return new MarkdownTable("", "as acceptor", "as requestor")
        .row("Implementation Class UID", ours.implementationClass(), asking.implementationClass())
        .row(
            "Implementation Version Name",
            "`" + ours.implementationVersion() + "`",
            "`" + asking.implementationVersion() + "`")
        .row(
            "longest P-DATA-TF taken (Maximum Length Received)",
            kibibytes(ours.pduBytesMax()),
            kibibytes(asking.pduBytesMax()))
        .row("longest A-ASSOCIATE taken", kibibytes(ours.associateBytesMax()), "–")
        .row(
            "longest command set",
            kibibytes(MessageReader.COMMAND_BYTES_MAX),
            kibibytes(MessageReader.COMMAND_BYTES_MAX))
        .row("presentation contexts proposed", "–", "up to " + Proposal.CONTEXTS_MAX)
        .row(
            "associations of one device",
            share(ours.associationsPerPeerMax()) + " of `associations-max`",
            "–")
        .row("associations of one lane", LaneDoors.ASSOCIATIONS_MAX, "–")
        .row("the transport's connection", "–", seconds(asking.connect()))
        .row("the transport's handshake", seconds(ours.handshake()), seconds(asking.handshake()))
        .row("ARTIM", seconds(ours.artim()) + ", configurable", seconds(asking.artim()))
        .row("idle", seconds(ours.idle()) + ", configurable", seconds(asking.idle()))
        .row("grace at the end", seconds(ours.grace()), "–")
        .row(
            "the peer's operations performed at a time",
            "up to " + AcceptorSettings.PERFORMED_MAX + ", as negotiated",
            "–")
        .row(
            "our operations without an answer",
            "up to " + AcceptorSettings.INVOKED_MAX + ", as negotiated",
            "up to " + StorageProposal.WINDOW + ", as negotiated")
        .toString();
  }

  private static String share(int of) {
    return ASSOCIATIONS % of == 0 ? "1/" + ASSOCIATIONS / of : of + "/" + ASSOCIATIONS;
  }

  static String limits() {
    return new MarkdownTable("what", "limit")
        .row(
            "matches of one C-FIND, nobody known to use the device",
            FindLimits.USUAL.matchesOfUnknownMax())
        .row("matches of one C-FIND, somebody known to", FindLimits.USUAL.matchesMax())
        .row("matches of one C-FIND of the worklist", WorklistScp.LIMITS.matchesMax())
        .row("instances of one C-GET or C-MOVE", Retrieval.INSTANCES_MAX)
        .row("instances of one request for storage commitment", Commitments.ITEMS_MAX)
        .row("requests for storage commitment of one device that are open", Commitments.OPEN_MAX)
        .row("bytes of one performed procedure step", PerformedSteps.BYTES_MAX)
        .row("performed procedure steps of one site", PerformedSteps.COUNT_MAX)
        .toString();
  }

  static String models() {
    MarkdownTable table = new MarkdownTable("model", "C-FIND", "C-GET", "C-MOVE", "levels");
    for (RetrieveModel model : RetrieveModel.values()) {
      String find =
          Arrays.stream(QueryModel.values())
              .filter(each -> each.name().equals(model.name()))
              .map(each -> each.find().value())
              .collect(Collectors.joining());
      List<String> levels = model.levels().stream().map(Enum::name).toList();
      Arrays.stream(QueryModel.values())
          .filter(each -> each.name().equals(model.name()))
          .forEach(each -> assertThat(levels(each)).isEqualTo(levels));
      table.row(
          NamedStatuses.words(model.name()),
          find.isEmpty() ? NO : find,
          model.get(),
          model.move(),
          String.join(", ", levels));
    }
    return table.toString();
  }

  private static List<String> levels(QueryModel model) {
    return Arrays.stream(Level.values()).filter(model::has).map(QueryModel::word).toList();
  }

  static String extendedNegotiation() {
    String answer = QueryTerms.answer("01".repeat(TERMS.size())).orElseThrow();
    MarkdownTable table = new MarkdownTable("byte", "field", "answer to 1");
    for (int at = 0; at < TERMS.size(); at++) {
      table.row(at + 1, TERMS.get(at), answer.substring(2 * at + 1, 2 * at + 2));
    }
    return table.toString();
  }

  static String queryKeys() {
    MarkdownTable table = new MarkdownTable("level", "attribute", "VR", "key");
    for (Level level : Level.values()) {
      for (int tag : Question.keys(level)) {
        boolean unique = tag == QueryModel.uniqueKey(level);
        table.row(QueryModel.word(level), attribute(tag), vrs(tag), unique ? "unique" : "matched");
      }
    }
    return table.toString();
  }

  static String worklistKeys() {
    MarkdownTable table = new MarkdownTable("attribute", "VR", "matched", "returned");
    for (int sequence : new int[] {0, WorklistKeys.STEPS, WorklistKeys.CODES}) {
      String place = sequence == 0 ? "" : attribute(sequence) + " > ";
      for (Attribute each : Dictionary.attributes()) {
        if (!each.tag().contains("x")) {
          int tag = Integer.parseUnsignedInt(each.tag(), 16);
          switch (WorklistKeys.support(sequence, tag)) {
            case MATCHED -> table.row(place + attribute(tag), vrs(tag), YES, YES);
            case EMPTY -> table.row(place + attribute(tag), vrs(tag), NO, "without a value");
            case NONE -> {
              // Not a row.
            }
          }
        }
      }
    }
    return table.toString();
  }

  static String tls() {
    MarkdownTable table = new MarkdownTable("version", "cipher suites, ours first");
    for (String version : SecureTransport.protocols()) {
      boolean older = version.equals("TLSv1.2");
      table.row(
          version,
          SecureTransport.cipherSuites().stream()
              .filter(suite -> suite.contains("_WITH_") == older)
              .collect(Collectors.joining(", ")));
    }
    return table.toString();
  }

  static String rejections() {
    MarkdownTable table = new MarkdownTable("result", "source", "reason", "name");
    for (Rejection each : Rejection.values()) {
      table.row(
          each.result() + (each.result() == 1 ? " permanent" : " transient"),
          each.source(),
          each.reason(),
          NamedStatuses.words(each.name()));
    }
    return table.toString();
  }

  static String characterSets() {
    MarkdownTable table = new MarkdownTable("repertoire", "without code extensions", "with");
    REPERTOIRES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(Integer::parseInt)))
        .forEach(each -> {
          String alone = "ISO_IR " + each.getKey();
          String extended = "ISO 2022 IR " + each.getKey();
          boolean one = each.getKey().equals("6") || isWhole(alone);
          boolean more = !each.getKey().equals("192") && isKnown(List.of("", extended));
          table.row(
              each.getValue(), one ? "`" + alone + "`" : NO, more ? "`" + extended + "`" : NO);
        });
    for (String term : List.of("GB18030", "GBK")) {
      table.row("Chinese", isKnown(List.of(term)) ? "`" + term + "`" : NO, NO);
    }
    return table.toString();
  }

  private static boolean isWhole(String term) {
    List<String> multiByte = List.of("58", "87", "149", "159");
    return !multiByte.contains(term.substring(7)) && isKnown(List.of(term));
  }

  private static boolean isKnown(List<String> terms) {
    return CharacterSet.of(terms).isKnown();
  }
}
