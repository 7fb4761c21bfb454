package leadglass.survey.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import leadglass.survey.Finding;
import leadglass.survey.Service;
import leadglass.survey.Stage;
import leadglass.survey.Visits;
import org.junit.jupiter.api.Test;

/// NFS by its mount service, which a port mapper of a few lines points to.
class NfsProbeTest {
  @FunctionalInterface
  private interface Results {
    /// @param program that is asked for, if it is the port mapper
    void write(DataOutputStream out, int program) throws IOException;
  }

  /// Answers every call, in records of 60 bytes; `denied` says no.
  private static Stage serving(boolean denied, Results results) throws IOException {
    return new Stage((in, out) -> {
      DataInputStream call = new DataInputStream(in);
      byte[] bytes = call.readNBytes(call.readInt() & 0x7FFF_FFFF);
      DataInputStream asked = new DataInputStream(new java.io.ByteArrayInputStream(bytes));
      int xid = asked.readInt();
      asked.skipNBytes(36);
      int program = asked.available() >= 4 ? asked.readInt() : 0;
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      DataOutputStream reply = new DataOutputStream(all);
      reply.writeInt(xid);
      reply.writeInt(1);
      reply.writeInt(denied ? 1 : 0);
      reply.writeLong(0);
      reply.writeInt(0);
      results.write(reply, program);
      byte[] answer = all.toByteArray();
      DataOutputStream records = new DataOutputStream(out);
      for (int i = 0; i < answer.length; i += 60) {
        int length = Math.min(60, answer.length - i);
        records.writeInt(i + length == answer.length ? 1 << 31 | length : length);
        records.write(answer, i, length);
      }
    });
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.write(new byte[(4 - bytes.length % 4) % 4]);
  }

  /// @param exports each a path and then its groups
  private static Results listing(List<List<String>> exports) {
    return (out, _) -> {
      for (List<String> export : exports) {
        out.writeInt(1);
        text(out, export.getFirst());
        for (String group : export.subList(1, export.size())) {
          out.writeInt(1);
          text(out, group);
        }
        out.writeInt(0);
      }
      out.writeInt(0);
    };
  }

  private static String decided(boolean denied, boolean anything, Results mount)
      throws IOException {
    try (Stage nfs = serving(denied, (_, _) -> {});
        Stage mounts = serving(false, mount);
        Stage mapper =
            serving(
                false,
                (out, program) ->
                    out.writeInt(program == 100_005 || anything ? mounts.port() : 0))) {
      List<Finding> found = new NfsProbe(mapper.port()).ask(Visits.at(nfs.port(), Service.NFS));
      assertThat(found.toString()).doesNotContain(Stage.CANARY);
      return found.getFirst().decision().id();
    }
  }

  @Test
  void exportsAreToldByWhomTheyAreFor() throws IOException {
    List<String> named = List.of("/" + Stage.CANARY, "10.0.0.0/8", "pacs." + Stage.CANARY);
    List<String> star = List.of("/images", "ct.example", "*");
    List<String> nobody = List.of("/images");
    assertThat(decided(false, false, listing(List.of(named)))).isEqualTo("lists-exports");
    assertThat(decided(false, false, listing(List.of(named, star)))).isEqualTo("exports-to-anyone");
    assertThat(decided(false, false, listing(List.of(nobody)))).isEqualTo("exports-to-anyone");
    assertThat(decided(false, false, listing(List.of()))).isEqualTo("no-exports");
    assertThat(decided(true, false, listing(List.of()))).isEqualTo("refuses");
    assertThat(decided(false, true, listing(List.of(star)))).isEqualTo("accepts-anything");
  }

  @Test
  void lengthsThatLieAreNotBelieved() throws IOException {
    Results huge =
        (out, _) -> {
          out.writeInt(1);
          out.writeInt(Integer.MAX_VALUE);
        };
    assertThat(decided(false, false, huge)).isEqualTo("exports-untold");
    Results cut =
        (out, _) -> {
          out.writeInt(1);
          out.writeInt(900);
        };
    assertThat(decided(false, false, cut)).isEqualTo("exports-untold");
  }

  @Test
  void withoutAPortMapperWhatIsExportedIsNotKnown() throws IOException {
    try (Stage nfs = serving(false, (_, _) -> {});
        Stage mapper = serving(false, (out, _) -> out.writeInt(0))) {
      List<Finding> found = new NfsProbe(mapper.port()).ask(Visits.at(nfs.port(), Service.NFS));
      assertThat(found.getFirst().decision().id()).isEqualTo("exports-untold");
    }
  }
}
