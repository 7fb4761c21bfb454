package leadglass.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.json.BulkLinks;
import leadglass.dicom.json.JsonWriter;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every file of the corpus that is not in Explicit VR Little Endian, turned into it.
class TranscoderCorpusTest {
  /// More pixels are turned around like fewer.
  private static final long FILE_BYTES_MAX = 600_000;

  private final Optional<Corpus> corpus = Corpus.find();

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  private static DataSetReader reader(InputStream in, TransferSyntax syntax) {
    return new DataSetReader(in, syntax, ReadLimits.PEER);
  }

  /// JSON without pixel data, and each frame's bytes beside it.
  private static List<byte[]> contents(byte[] dataSet, TransferSyntax syntax)
      throws IOException, DicomException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(json, Integer.MAX_VALUE, BulkLinks.NONE);
    writer.write(reader(new ByteArrayInputStream(dataSet), syntax));
    writer.drain();
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    DataSetReader reader = reader(new ByteArrayInputStream(dataSet), syntax);
    for (var event = reader.next(); event != DataSetReader.Event.END; event = reader.next()) {
      if (leadglass.dicom.data.Tag.isPixelData(reader.tag()) && reader.depth() == 0) {
        reader.transferTo(pixels);
      }
    }
    return List.of(json.toByteArray(), pixels.toByteArray());
  }

  @Test
  void transcodedFilesSayTheSameElementByElement() throws IOException, DicomException {
    List<String> differing = new ArrayList<>();
    int transcoded = 0;
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (!row.expected().equals("ok")) {
        continue;
      }
      PartTen part = PartTen.read(new ByteArrayInputStream(row.bytes()));
      if (!Transcoder.isFor(part.syntax())) {
        continue;
      }
      transcoded++;
      byte[] source = part.dataSet().readAllBytes();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Transcoder.toExplicitLittleEndian(
          reader(new ByteArrayInputStream(source), part.syntax()), out);
      List<byte[]> before = contents(source, part.syntax());
      List<byte[]> after = contents(out.toByteArray(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
      for (int i = 0; i < 2; i++) {
        if (!java.util.Arrays.equals(before.get(i), after.get(i))) {
          differing.add(row.path());
        }
      }
    }
    assertThat(transcoded).isGreaterThan(50);
    assertThat(differing).isEmpty();
  }

  @Test
  void nativeFilesSayTheSameInEveryNativeEncoding() throws IOException, DicomException {
    List<String> differing = new ArrayList<>();
    int turned = 0;
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (!row.expected().equals("ok") || Files.size(row.file()) > FILE_BYTES_MAX) {
        continue;
      }
      PartTen part = PartTen.read(new ByteArrayInputStream(row.bytes()));
      if (!Transcoder.isNative(part.syntax())) {
        continue;
      }
      turned++;
      byte[] source = part.dataSet().readAllBytes();
      List<byte[]> before = contents(turned(Hex.EXPLICIT, source, part.syntax()), Hex.EXPLICIT);
      for (TransferSyntax target : List.of(Hex.BIG, Hex.DEFLATED)) {
        List<byte[]> after = contents(turned(target, source, part.syntax()), target);
        if (!java.util.Arrays.equals(before.get(0), after.get(0))
            || !java.util.Arrays.equals(before.get(1), after.get(1))) {
          differing.add(row.path() + " " + target.name());
        }
      }
      // Private VRs are lost in implicit encodings; there and back nothing more is.
      byte[] once = turned(Hex.IMPLICIT, source, part.syntax());
      byte[] again = turned(Hex.IMPLICIT, turned(Hex.EXPLICIT, once, Hex.IMPLICIT), Hex.EXPLICIT);
      if (!java.util.Arrays.equals(once, again)) {
        differing.add(row.path() + " " + Hex.IMPLICIT.name());
      }
    }
    assertThat(turned).isGreaterThan(100);
    assertThat(differing).isEmpty();
  }

  private static byte[] turned(TransferSyntax target, byte[] source, TransferSyntax from)
      throws IOException, DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Transcoder.to(target, reader(new ByteArrayInputStream(source), from), out);
    return out.toByteArray();
  }
}
