package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import leadglass.archive.Role;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another program's sender: DCMTK's `storescu`, where it is installed.
class StoreScuTest {
  private static final long WAIT_SECONDS = 120;

  @TempDir private Path folder;

  private static Optional<Path> storescu() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, "storescu"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// One file of each SOP class in each transfer syntax.
  private static List<Sample> varied() throws IOException {
    Map<String, Sample> kinds = new LinkedHashMap<>();
    for (Sample sample : Sample.rounds(Corpus.find().orElseThrow()).getFirst()) {
      kinds.putIfAbsent(sample.sopClass() + " " + sample.syntax(), sample);
    }
    return List.copyOf(kinds.values());
  }

  /// What makes it propose a transfer syntax; it has nothing for the others.
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("1.2.840.10008.1.2.1.99", "-xd"),
          Map.entry("1.2.840.10008.1.2.2", "-xb"),
          Map.entry("1.2.840.10008.1.2", "-xi"),
          Map.entry("1.2.840.10008.1.2.5", "-xr"),
          Map.entry("1.2.840.10008.1.2.4.50", "-xy"),
          Map.entry("1.2.840.10008.1.2.4.51", "-xx"),
          Map.entry("1.2.840.10008.1.2.4.70", "-xs"),
          Map.entry("1.2.840.10008.1.2.4.80", "-xt"),
          Map.entry("1.2.840.10008.1.2.4.81", "-xu"),
          Map.entry("1.2.840.10008.1.2.4.90", "-xv"),
          Map.entry("1.2.840.10008.1.2.4.91", "-xw"),
          Map.entry("1.2.840.10008.1.2.4.100", "-xm"),
          Map.entry("1.2.840.10008.1.2.4.102", "-xn"),
          Map.entry("1.2.840.10008.1.2.4.107", "-x4"));

  /// No option for their transfer syntaxes, or a SOP class it does not know, in DCMTK 3.6.7.
  private static final Set<String> CAN_NOT =
      Set.of(
          "valid/enhanced/CT0012.fragmented_no_bot_jpeg_lossless.57.dcm",
          "valid/made/jxl-lossless-gray16.dcm",
          "valid/seg-pm/liver_deflate.dcm",
          "valid/seg-pm/seg_image_sm_control_labelmap.dcm",
          "valid/ts-jpeg-retired/GECT_JPEGProcess10_12.dcm");

  @Test
  void whatStorescuCanSendIsStored() throws Exception {
    assumeTrue(Corpus.find().isPresent(), Corpus.ABSENT);
    assumeTrue(storescu().isPresent(), "no storescu: install DCMTK");
    List<Sample> samples = varied();
    assertThat(samples).hasSizeGreaterThan(36);
    try (OpenArchive archive = new OpenArchive(Premises.in(folder))) {
      StringBuilder said = new StringBuilder();
      Map<String, List<Sample>> together = new TreeMap<>();
      for (Sample sample : samples) {
        String option = OPTIONS.getOrDefault(sample.syntax(), "-xe");
        together.computeIfAbsent(option, key -> new ArrayList<>()).add(sample);
      }
      for (Map.Entry<String, List<Sample>> each : together.entrySet()) {
        said.append(send(archive, each.getKey(), each.getValue()));
      }
      List<String> missing = new ArrayList<>();
      for (Sample sample : samples) {
        int status =
            archive
                .web
                .get(archive.token(Role.RADIOLOGIST), sample.address(), Web.AS_STORED)
                .statusCode();
        if (status != 200) {
          missing.add(sample.toString());
        }
      }
      assertThat(missing).as("not stored of %d%n%s", samples.size(), said).isSubsetOf(CAN_NOT);
      assertThat(said.toString()).doesNotContain("Status Code: 0x", "Refused", "Failed: ");
    }
  }

  private String send(OpenArchive archive, String option, List<Sample> samples) throws Exception {
    Path device = archive.premises.folder().resolve("devices").resolve(Premises.CT1);
    List<String> command =
        new ArrayList<>(
            List.of(
                storescu().orElseThrow().toString(),
                "-R",
                option,
                "-nh",
                "-v",
                "+tls",
                device.resolve("key.pem").toString(),
                device.resolve("cert.pem").toString(),
                "+cf",
                device.resolve("ca.pem").toString(),
                "-aet",
                Premises.CT1,
                "-aec",
                Premises.AE_TITLE,
                "localhost",
                Integer.toString(archive.running.doors().dicomPort())));
    samples.forEach(sample -> command.add(sample.row().file().toString()));
    Path said = folder.resolve("storescu.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said);
  }
}
