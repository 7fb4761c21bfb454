package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import leadglass.archive.StoreOutcome.AlreadyHeld;
import leadglass.archive.StoreOutcome.Reason;
import leadglass.archive.StoreOutcome.Refused;
import leadglass.archive.StoreOutcome.Stored;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
  private static final Uid EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid();

  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private StoreOutcome send(Caller caller, String named, DataSet dataSet) throws IOException {
    StoreRequest request =
        new StoreRequest(
            EXPLICIT, Optional.of(Samples.CT), Optional.of(new Uid(named)), Optional.empty());
    byte[] bytes = Samples.encode(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    return open.archive.ingest().store(caller, request, new ByteArrayInputStream(bytes));
  }

  private long held() {
    return open.store.health().instances();
  }

  private void assertRefused(StoreOutcome outcome, Reason reason, String rule) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.rule()).contains(rule);
            });
  }

  @Test
  void whatADeviceSendsIsKeptWithItsAuditEntry() throws IOException {
    StoreOutcome outcome = send(OpenArchive.device(), "2.25.5", Samples.with("2.25.5", more -> {}));

    assertThat(outcome).isInstanceOf(Stored.class);
    assertThat(held()).isOne();
    assertThat(open.trail())
        .singleElement()
        .asString()
        .contains("\"act\":\"STORED\"", "\"success\":true", "2.25.5", "CT1");
  }

  @Test
  void theSameBytesAgainAreASuccessAndStoredOnce() throws IOException {
    DataSet dataSet = Samples.with("2.25.5", more -> {});
    open.store(dataSet);

    assertThat(open.store(dataSet)).isInstanceOf(AlreadyHeld.class);
    assertThat(held()).isOne();
  }

  @Test
  void otherBytesUnderAHeldUidAreRefusedAndTheFirstStays() throws IOException {
    open.store(Samples.with("2.25.5", more -> {}));

    StoreOutcome second =
        open.store(Samples.with("2.25.5", more -> more.text(Tag.STATION_NAME, Vr.SH, "OTHER")));

    assertRefused(second, Reason.UID_TAKEN, "another instance");
    assertThat(held()).isOne();
    assertThat(open.trail()).anyMatch(entry -> entry.contains("UID_TAKEN"));
  }

  @Test
  void aLongerCopyOfTheHeldBytesIsNotTheSame() throws IOException {
    DataSet dataSet = Samples.with("2.25.5", more -> {});
    open.store(dataSet);
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.writeBytes(Samples.file(dataSet));
    longer.writeBytes(new byte[] {(byte) 0xFC, (byte) 0xFF, (byte) 0xFC, (byte) 0xFF});

    assertRefused(open.store(longer.toByteArray()), Reason.UID_TAKEN, "");
  }

  @Test
  void theSameInstanceSentTwiceAtOnceIsStoredOnce() throws Exception {
    byte[] file = Samples.file(Samples.with("2.25.5", more -> {}));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<StoreOutcome> send = () -> open.store(file);
      List<Future<StoreOutcome>> sent = threads.invokeAll(List.of(send, send, send, send));
      int stored = 0;
      for (Future<StoreOutcome> each : sent) {
        assertThat(each.get()).isNotInstanceOf(Refused.class);
        stored += each.get() instanceof Stored ? 1 : 0;
      }
      assertThat(stored).isOne();
    }
    assertThat(held()).isOne();
  }

  @Test
  void whoMayNotStoreIsRefusedBeforeAByteIsRead() throws IOException {
    InputStream unread = InputStream.nullInputStream();
    unread.close(); // throws when it is read
    Caller administrator = OpenArchive.person(Role.ADMINISTRATOR);

    StoreOutcome outcome = open.archive.ingest().storeFile(administrator, Optional.empty(), unread);

    assertRefused(outcome, Reason.NOT_AUTHORIZED, "");
  }

  @Test
  void uidsOfTheCommandMustBeTheDataSets() throws IOException {
    StoreOutcome outcome = send(OpenArchive.device(), "2.25.6", Samples.with("2.25.5", m -> {}));

    assertRefused(outcome, Reason.SOP_CLASS_MISMATCH, "differs");
    assertThat(held()).isZero();
  }

  @Test
  void anInstanceGoesOnlyIntoTheStudyTheDoorNames() throws IOException {
    byte[] file = Samples.file(Samples.with("2.25.5", more -> {}));

    StoreOutcome outcome =
        open.archive
            .ingest()
            .storeFile(
                OpenArchive.reader(),
                Optional.of(new Uid("2.25.99")),
                new ByteArrayInputStream(file));

    assertRefused(outcome, Reason.MALFORMED, "another study");
  }

  @Test
  void withoutItsUidsNothingIsAnInstance() throws IOException {
    for (int missing :
        new int[] {
          Tag.STUDY_INSTANCE_UID, Tag.SERIES_INSTANCE_UID, Tag.SOP_INSTANCE_UID, Tag.SOP_CLASS_UID
        }) {
      DataSet.Builder without = DataSet.builder();
      Samples.with("2.25.5", more -> {})
          .forEach(element -> {
            if (element.tag() != missing) {
              without.add(element);
            }
          });
      assertRefused(open.store(without.build()), Reason.MALFORMED, "UID");
    }
    assertThat(held()).isZero();
  }

  @Test
  void aDicomdirIsRefusedWithTheReason() throws IOException {
    DataSet directory =
        DataSet.builder().uid(Tag.SOP_CLASS_UID, new Uid("1.2.840.10008.1.3.10")).build();

    assertRefused(open.store(directory), Reason.UNSUPPORTED, "DICOMDIR");
  }

  private void assertPixelsRefused(String rule, Consumer<DataSet.Builder> pixels)
      throws IOException {
    DataSet.Builder made = Samples.ct("2.25.5");
    pixels.accept(made);
    assertRefused(open.store(made.build()), Reason.MALFORMED, rule);
  }

  private static Element.Value pixelData(int bytes) {
    return new Element.Value(Tag.PIXEL_DATA, Vr.OW, new byte[bytes]);
  }

  @Test
  void pixelsThatCanNeverBeShownAreRefused() throws IOException {
    assertPixelsRefused("rows", made -> made.us(Tag.ROWS, 0).us(Tag.COLUMNS, 4).add(pixelData(8)));
    assertPixelsRefused("Bits Allocated", made -> Samples.image(made, 7).add(pixelData(8)));
    assertPixelsRefused(
        "Bits Stored",
        made ->
            made.us(Tag.ROWS, 1)
                .us(Tag.COLUMNS, 1)
                .us(Tag.BITS_ALLOCATED, 16)
                .us(Tag.BITS_STORED, 17)
                .add(pixelData(2)));
    assertPixelsRefused(
        "far shorter",
        made ->
            Samples.image(made, 16)
                .text(Tag.NUMBER_OF_FRAMES, Vr.IS, "2147483647")
                .add(pixelData(16)));
  }

  @Test
  void aFewMissingPixelsAreAWarning() throws IOException {
    DataSet shorter = Samples.image(Samples.ct("2.25.5"), 16).add(pixelData(4)).build();

    assertThat(open.store(shorter))
        .isInstanceOfSatisfying(
            Stored.class,
            stored -> assertThat(stored.warnings()).anyMatch(w -> w.contains("shorter")));
  }

  @Test
  void aFileCutShortIsRefusedAndSaidToBe() throws IOException {
    byte[] file = Samples.file(Samples.with("2.25.5", more -> {}));

    StoreOutcome outcome = open.store(java.util.Arrays.copyOf(file, file.length - 3));

    assertRefused(outcome, Reason.MALFORMED, "cut short");
    assertThat(held()).isZero();
  }

  @Test
  void aPeerThatFailsLeavesNothingBehind() throws IOException {
    InputStream gone = InputStream.nullInputStream();
    gone.close(); // throws when it is read
    byte[] file = Samples.file(Samples.with("2.25.5", more -> {}));
    InputStream failing =
        new SequenceInputStream(new ByteArrayInputStream(file, 0, file.length - 3), gone);

    assertThatThrownBy(
            () -> open.archive.ingest().storeFile(OpenArchive.reader(), Optional.empty(), failing))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(java.io.UncheckedIOException.class);
    assertThat(held()).isZero();
  }

  @Test
  void theNameInTheFileMetaInformationMayDifferButIsReported() throws IOException {
    DataSet dataSet = Samples.with("2.25.5", more -> {});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(leadglass.dicom.io.PartTen.header(Samples.CT, new Uid("2.25.6"), EXPLICIT));
    file.writeBytes(Samples.encode(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));

    assertThat(open.store(file.toByteArray()))
        .isInstanceOfSatisfying(
            Stored.class,
            stored -> assertThat(stored.warnings()).anyMatch(w -> w.contains("differs")));
  }

  @Test
  void aCompleteArchiveTakesNothingMore() throws IOException {
    open.archive.ingest().complete();

    assertRefused(open.store(Samples.with("2.25.5", more -> {})), Reason.UNSUPPORTED, "phantoms");
  }

  @Test
  void noRuleRepeatsAValue() throws IOException {
    DataSet canary = Samples.ct("2.25.5").text(Tag.STUDY_INSTANCE_UID, Vr.UI, "CANARY").build();

    StoreOutcome outcome = open.store(canary);

    assertThat(outcome.toString()).doesNotContain("CANARY", "Fiction", "ID-1");
  }
}
