package leadglass.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
}
