package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import leadglass.archive.Question;
import leadglass.archive.Question.Level;
import leadglass.archive.Verb;
import leadglass.dicom.data.Tag;
import leadglass.dicom.dict.Attribute;
import leadglass.dicom.dict.Dictionary;
import org.junit.jupiter.api.Test;

/// The tables of keys in the conformance statement are those of the running program. Where they
/// differ, the assertion shows what the page has to say.
class QueryKeysTest {
  private static final Path PAGE =
      Path.of(System.getProperty("leadglass.root", ".."), "docs", "conformance.md");

  @Test
  void theKeysOfEachLevelStandInTheConformanceStatement() throws IOException {
    String page = Files.readString(PAGE);
    for (Level level : Level.values()) {
      assertThat(page).contains(table(level));
    }
  }

  private static String table(Level level) {
    List<String> names = new ArrayList<>();
    for (int tag : Question.keys(level)) {
      Attribute attribute = Dictionary.attribute(tag).orElseThrow();
      names.add(
          attribute.name().replace("\u200B", "")
              + " "
              + Tag.format(tag)
              + (tag == QueryModel.uniqueKey(level) ? " **U**" : ""));
    }
    return "| " + QueryModel.word(level) + " | " + String.join(", ", names) + " |\n";
  }

  @Test
  void everyUniqueKeyCanBeAskedForAtItsLevelAndBelow() {
    for (Level level : Level.values()) {
      for (Level asked : Level.values()) {
        assertThat(Question.isKey(asked, QueryModel.uniqueKey(level)))
            .isEqualTo(level.compareTo(asked) <= 0);
      }
    }
    assertThat(Question.isKey(Level.INSTANCE, Question.Key.TYPED)).isFalse();
  }

  @Test
  void everyQueryModelIsInTheRunningRegistry() {
    for (QueryModel model : QueryModel.values()) {
      assertThat(Scp.query(model).fields()).isEqualTo(Set.of(0x0020));
      assertThat(Scp.verbs()).containsEntry(model.find(), Verb.FIND);
      assertThat(Scp.queries(model.find())).isTrue();
    }
  }
}
