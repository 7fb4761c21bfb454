package leadglass.dicom.dict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The resources beside tables made from the standard by others.
class StandardTablesTest {
  private final Optional<Corpus> corpus = Corpus.find();

  @BeforeEach
  void needsTheTables() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  private List<String[]> table(String name) throws IOException {
    List<String> lines = Files.readAllLines(corpus.orElseThrow().standard(name));
    return lines.stream().skip(1).map(line -> line.split("\t", -1)).toList();
  }

  /// As text: everything that Table 6-1 says of an attribute.
  private static String row(String tag, String vrs, String vm, String keyword, boolean retired) {
    return String.join(" ", tag.toLowerCase(java.util.Locale.ROOT), vrs, vm, keyword)
        + (retired ? " RET" : "");
  }

  @Test
  void everyAttributeIsThereWithItsVrAndMultiplicityAndKeyword() throws IOException {
    Set<String> ours = new TreeSet<>();
    for (Attribute a : Dictionary.attributes()) {
      String vrs = a.vrs().stream().map(Enum::name).sorted().collect(Collectors.joining("|"));
      ours.add(row(a.tag(), vrs, a.vm(), a.keyword(), a.retired()));
    }
    List<String> missing = new ArrayList<>();
    for (String[] cells : table("dictionary.tsv")) {
      String vrs =
          Arrays.stream(cells[1].split("\\|"))
              .filter(vr -> vr.length() == 2)
              .sorted()
              .collect(Collectors.joining("|"));
      String row =
          row(cells[0], vrs, cells[2].replace("|", " or "), cells[3], cells[5].equals("Y"));
      if (!ours.contains(row)) {
        missing.add(row);
      }
    }
    assertThat(missing).isEmpty();
    assertThat(ours).hasSizeGreaterThan(5_000);
  }

  @Test
  void everyKeywordLeadsToItsTag() throws IOException {
    for (String[] cells : table("dictionary.tsv")) {
      if (!cells[3].isEmpty() && !cells[0].contains("x")) {
        assertThat(Dictionary.tag(cells[3]).orElseThrow())
            .as(cells[3])
            .isEqualTo(Integer.parseUnsignedInt(cells[0], 16));
      }
    }
  }

  @Test
  void everyUidIsThere() throws IOException {
    for (String[] cells : table("uids.tsv")) {
      Uids.Registered found = Uids.find(new Uid(cells[0])).orElseThrow();
      assertThat(found.type()).as(cells[0]).isEqualTo(cells[2]);
      assertThat(found.keyword()).as(cells[0]).isEqualTo(cells[5]);
      assertThat(found.retired()).as(cells[0]).isEqualTo(cells[4].equals("Y"));
    }
  }

  @Test
  void everyTransferSyntaxIsThere() throws IOException {
    for (String[] cells : table("transfer-syntaxes.tsv")) {
      TransferSyntax found = Uids.transferSyntax(new Uid(cells[0])).orElseThrow();
      assertThat(found.explicitVr()).as(cells[0]).isEqualTo(!cells[4].equals("implicit"));
      assertThat(found.bigEndian()).as(cells[0]).isEqualTo(cells[5].equals("big"));
      assertThat(found.deflated()).as(cells[0]).isEqualTo(cells[6].equals("Y"));
      assertThat(found.encapsulated()).as(cells[0]).isEqualTo(cells[7].equals("Y"));
    }
  }

  @Test
  void everyStorageSopClassIsThere() throws IOException {
    Set<String> stored =
        Uids.storageSopClasses().stream().map(Uid::value).collect(Collectors.toSet());
    for (String[] cells : table("sop-classes.tsv")) {
      assertThat(stored.contains(cells[0])).as(cells[0]).isEqualTo(cells[3].equals("Y"));
    }
  }
}
