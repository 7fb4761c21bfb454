package leadglass.server.scp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tables of `docs/conformance-statement.md` are those of the running archive.
/// `-Dleadglass.statement=write` writes them anew.
class ConformanceStatementTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("leadglass.root", ".."), "docs", "conformance-statement.md");

  /// A table in its place.
  private static final Pattern BLOCK =
      Pattern.compile("<!-- begin: ([a-z-]+) -->\n(.*?)<!-- end: \\1 -->", Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");

  @TempDir private Path folder;

  private Map<String, String> tables() throws IOException {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("transfer-syntaxes", StatementTables.storedTransferSyntaxes());
    tables.put("transfer-syntaxes-not-stored", StatementTables.otherTransferSyntaxes());
    tables.put("associations", StatementTables.associations());
    tables.put("limits", StatementTables.limits());
    tables.put("models", StatementTables.models());
    tables.put("extended-negotiation", StatementTables.extendedNegotiation());
    tables.put("query-keys", StatementTables.queryKeys());
    tables.put("worklist-keys", StatementTables.worklistKeys());
    tables.put("tls", StatementTables.tls());
    tables.put("rejections", StatementTables.rejections());
    tables.put("character-sets", StatementTables.characterSets());
    tables.put("statuses", StatementStatuses.table());
    try (Clinic clinic = new Clinic(folder)) {
      RunningTables running = new RunningTables(clinic);
      tables.put("storage-sop-classes", running.storage());
      tables.put("sop-classes", running.others());
      tables.put("lanes", running.lanes());
      tables.put("user-identity", running.userIdentities());
      AskedSteps steps = new AskedSteps(clinic.archive.performedSteps());
      tables.put("performed-step-attributes", steps.attributes());
      tables.put("performed-step-states", steps.states());
    }
    return tables;
  }

  @Test
  void theTablesOfTheStatementAreThoseOfTheRunningArchive() throws IOException {
    String document = Files.readString(DOCUMENT);
    Map<String, String> tables = tables();
    assertThat(BLOCK.matcher(document).results().map(each -> each.group(1)))
        .as("each table has one place")
        .containsExactlyInAnyOrderElementsOf(tables.keySet());

    String now = BLOCK.matcher(document).replaceAll(block -> anew(block, tables));
    if ("write".equals(System.getProperty("leadglass.statement"))) {
      Files.writeString(DOCUMENT, now);
    }

    assertThat(DOCUMENT)
        .as("made anew by -Dleadglass.statement=write")
        .content(UTF_8)
        .isEqualTo(now);
  }

  private static String anew(MatchResult block, Map<String, String> tables) {
    String name = block.group(1);
    String table = tables.getOrDefault(name, "");
    return Matcher.quoteReplacement(
        "<!-- begin: " + name + " -->\n" + table + "<!-- end: " + name + " -->");
  }

  @Test
  void theStatementSaysWhatItIsNotForAndPraisesNothing() throws IOException {
    String document = Files.readString(DOCUMENT).toLowerCase(Locale.ROOT);

    assertThat(document).contains("not for primary diagnosis");
    assertThat(document).doesNotContain("compliant", "compliance", "certified");
  }

  @Test
  void whatTheStatementLinksToIsThere() throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(DOCUMENT)).results().toList()) {
      Path target = link.group(1).isEmpty() ? DOCUMENT : DOCUMENT.resolveSibling(link.group(1));
      assertThat(target).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).contains(link.group(2));
      }
    }
  }

  /// What headings are called in links.
  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void theSectionsAreThoseOfTheTemplateInItsOrder() throws IOException {
    assertThat(
            Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3)))
        .containsExactlyElementsOf(
            List.of(
                "1 Overview",
                "2 Table of contents",
                "3 Introduction",
                "4 Implementation model",
                "5 Service and interoperability description",
                "6 Configuration",
                "7 Network and media communication details",
                "8 Security",
                "Annex A Information Object Definitions",
                "Annex B Structured Report content encoding",
                "Annex C Security details",
                "Annex D Mapping of attributes",
                "Annex E Code set usage"));
  }
}
