package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import leadglass.testkit.NameTable;
import leadglass.testkit.Thief;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever takes the data directory without the key, knows how common names are and had studies of
/// their own choosing sent in: names fewer than one in a hundred of the others.
///
/// All patients of this archive come from one scanner with one protocol, and nothing about them but
/// the name varies in length: it can't be easier for the thief.
class ThiefTest {
  private static final long SEED = 20260701;
  private static final double NAMED_MAX = 0.01;
  private static final int NAMES = 20_000;
  private static final int PIXEL_BYTES = 2_048;

  @TempDir(factory = InMemory.class)
  Path folder;

  /// `-Dleadglass.thief=long`: 1,000 studies of the thief's own and 10,000 others.
  private static final boolean LONG = "long".equals(System.getProperty("leadglass.thief"));

  private static final int OWN = LONG ? 1_000 : 500;
  private static final int OTHERS = LONG ? 10_000 : 3_000;

  private final NameTable table = NameTable.of(NAMES, SEED);
  private final Random random = new Random(SEED);

  /// In the order in which the studies came.
  private record Sent(String name, boolean own) {}

  @Test
  void nobodyIsNamedByWhatStandsInClear() throws Exception {
    Thief thief = new Thief(table);
    List<Sent> sent = new ArrayList<>();
    thief.chosen(OWN, random).forEach(name -> sent.add(new Sent(name, true)));
    for (int i = 0; i < OTHERS; i++) {
      sent.add(new Sent(table.drawn(random), false));
    }
    java.util.Collections.shuffle(sent, random);
    StoreFolder place = new StoreFolder(folder);
    try (Store store = place.open()) {
      SiteId site = store.createSite();
      for (int i = 0; i < sent.size(); i++) {
        file(store, site, 100_000 + i, sent.get(i).name());
      }
    }
    assertThat(table.chance()).as("the commonest name").isLessThan(NAMED_MAX / 2);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("index", named(sent, InClear.ofIndex(place.data)));
    figures.put("index and packs", named(sent, InClear.ofDisk(place.data)));
    String report =
        "%d studies of their own, %d others, the commonest name %.2f %%: named %s"
            .formatted(OWN, OTHERS, 100 * table.chance(), figures);
    if (LONG) {
      report(report);
    }
    assertThat(figures.values()).as(report).allMatch(share -> share < NAMED_MAX);
  }

  @SuppressWarnings("SystemOut")
  private static void report(String line) {
    System.out.println(line); // the figure of a campaign
  }

  private double named(List<Sent> sent, Map<Long, List<Long>> clear) {
    List<List<Long>> inOrder = List.copyOf(clear.values());
    assertThat(inOrder).hasSameSizeAs(sent);
    Thief thief = new Thief(table);
    for (int i = 0; i < sent.size(); i++) {
      if (sent.get(i).own()) {
        thief.learn(sent.get(i).name(), inOrder.get(i));
      }
    }
    int right = 0;
    for (int i = 0; i < sent.size(); i++) {
      if (!sent.get(i).own() && thief.named(inOrder.get(i)).equals(sent.get(i).name())) {
        right++;
      }
    }
    return (double) right / OTHERS;
  }

  /// Text of a data set: of even length.
  private static String padded(String text) {
    return text.getBytes(UTF_8).length % 2 == 0 ? text : text + " ";
  }

  private static void file(Store store, SiteId site, int study, String name) throws IOException {
    StudyTerms terms = Samples.terms(name, "ID" + study, "20260115", "CT");
    Filing plain = Samples.filing(site, study, 1, 1, terms);
    Filing filing =
        new Filing(
            site,
            plain.patient(),
            plain.study(),
            plain.series(),
            plain.sopInstance(),
            plain.sopClass(),
            plain.transferSyntax(),
            plain.layout(),
            ("1234abcd" + padded(name)).getBytes(UTF_8),
            plain.seriesAttributes(),
            plain.instanceAttributes(),
            terms,
            plain.receivedMillis(),
            List.of(Samples.audit("stored")));
    byte[] header = ("1234abcd" + padded(name)).getBytes(UTF_8);
    byte[] dataSet = new byte[header.length + PIXEL_BYTES];
    System.arraycopy(header, 0, dataSet, 0, header.length);
    Samples.file(store, filing, dataSet);
  }
}
