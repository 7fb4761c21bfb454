package leadglass.survey.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import leadglass.survey.Decision;
import leadglass.survey.Probe;
import leadglass.survey.Probes;
import org.junit.jupiter.api.Test;

/// docs/check.md says what the probes can come to. With `-Dleadglass.probes=write` it is written.
class ProbeTableTest {
  @Test
  void theDocumentationHasEveryDecisionOfEveryProbe() throws IOException {
    Path docs = Path.of(System.getProperty("leadglass.root", "..")).resolve("docs/check.md");
    List<String> lines = new ArrayList<>(Files.readAllLines(docs));
    int begin = lines.indexOf("<!-- probes -->");
    int end = lines.indexOf("<!-- end of probes -->");
    assertThat(begin).isNotNegative().isLessThan(end);
    List<String> table = ProbeTable.markdown(Probes.own());
    if (System.getProperty("leadglass.probes", "").equals("write")) {
      lines.subList(begin + 1, end).clear();
      lines.addAll(begin + 1, table);
      Files.write(docs, lines);
      return;
    }
    assertThat(lines.subList(begin + 1, end))
        .as("docs/check.md; write it with -Dleadglass.probes=write")
        .isEqualTo(table);
  }

  @Test
  void everyFormNamesEveryDecision() {
    Probes probes = Probes.own();
    String lines = String.join("\n", ProbeTable.lines(probes));
    String json = ProbeTable.json(probes);
    for (Probe probe : probes.all()) {
      assertThat(lines).contains(probe.name() + " (");
      for (Decision each : probe.decisions()) {
        assertThat(lines).contains(each.id());
        assertThat(json).contains("\"id\" : \"" + each.id() + "\"");
      }
    }
    assertThat(lines).contains("client-certificate", probes.hash());
  }
}
