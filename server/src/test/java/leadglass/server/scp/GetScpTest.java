package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Brakes;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Origin;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RetrieveScu.Retrieved;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.SubOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GetScpTest {
  private static final List<Uid> NATIVE = List.of(Clinic.EXPLICIT);

  @TempDir private Path folder;

  @Test
  void everyLevelOfEveryModelIsServedAndWhatComesIsWhatIsKept() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      Map<Uid, byte[]> first = clinic.fill(1, 1, 3);
      Map<Uid, byte[]> second = clinic.fill(1, 2, 2);
      clinic.fill(2, 1, 1);
      Pulled pulled = new Pulled();

      Retrieved study = pulled.get(clinic, Pulled.keys("STUDY", Clinic.study(1)));

      assertThat(study.status()).isZero();
      assertThat(study.counts()).isEqualTo(new SubOperations(0, 5, 0, 0));
      assertThat(pulled.instances).hasSize(5);
      first.forEach((uid, bytes) -> assertThat(pulled.instances.get(uid)).isEqualTo(bytes));
      second.forEach((uid, bytes) -> assertThat(pulled.instances.get(uid)).isEqualTo(bytes));
      assertThat(completed(clinic, Pulled.keys("STUDY", Clinic.study(9)))).as("nobody's").isZero();
      assertThat(completed(clinic, Pulled.keys("SERIES", Clinic.study(1), Clinic.series(1, 2))))
          .isEqualTo(2);
      assertThat(completed(clinic, several("SERIES", Clinic.series(1, 1), Clinic.series(1, 2))))
          .isEqualTo(5);
      DataSet images =
          DataSet.builder()
              .text(RetrieveIdentifier.LEVEL, Vr.CS, "IMAGE")
              .uid(Tag.STUDY_INSTANCE_UID, Clinic.study(1))
              .uid(Tag.SERIES_INSTANCE_UID, Clinic.series(1, 1))
              .text(
                  Tag.SOP_INSTANCE_UID,
                  Vr.UI,
                  Clinic.instance(1, 1, 1).value(),
                  Clinic.instance(1, 1, 3).value())
              .build();
      assertThat(completed(clinic, images)).isEqualTo(2);
      patients(clinic);
      alone(clinic);
    }
  }

  private static void patients(Clinic clinic) throws IOException {
    Uid model = RetrieveModel.PATIENT_ROOT.get();
    DataSet.Builder keys =
        DataSet.builder()
            .text(RetrieveIdentifier.LEVEL, Vr.CS, "PATIENT")
            .text(Tag.PATIENT_ID, Vr.LO, "ID1");
    assertThat(new Pulled().get(clinic, "READ1", model, NATIVE, keys.build()).counts().completed())
        .isEqualTo(5);
    DataSet anothers =
        DataSet.builder()
            .text(RetrieveIdentifier.LEVEL, Vr.CS, "STUDY")
            .text(Tag.PATIENT_ID, Vr.LO, "ID1")
            .uid(Tag.STUDY_INSTANCE_UID, Clinic.study(2))
            .build();
    Retrieved none = new Pulled().get(clinic, "READ1", model, NATIVE, anothers);
    assertThat(none.status()).as("a study of another patient").isZero();
    assertThat(none.counts()).isEqualTo(new SubOperations(0, 0, 0, 0));
  }

  private static void alone(Clinic clinic) throws IOException {
    DataSet alone =
        DataSet.builder()
            .text(RetrieveIdentifier.LEVEL, Vr.CS, "IMAGE")
            .text(
                Tag.SOP_INSTANCE_UID,
                Vr.UI,
                Clinic.instance(1, 1, 1).value(),
                Clinic.instance(2, 1, 1).value(),
                "2.25.999")
            .build();
    Uid model = RetrieveModel.COMPOSITE_INSTANCE_ROOT.get();
    assertThat(new Pulled().get(clinic, "READ1", model, NATIVE, alone).counts())
        .isEqualTo(new SubOperations(0, 2, 0, 0));
  }

  private static DataSet several(String level, Uid... series) {
    return DataSet.builder()
        .text(RetrieveIdentifier.LEVEL, Vr.CS, level)
        .uid(Tag.STUDY_INSTANCE_UID, Clinic.study(1))
        .text(Tag.SERIES_INSTANCE_UID, Vr.UI, series[0].value(), series[1].value())
        .build();
  }

  private static int completed(Clinic clinic, DataSet keys) throws IOException {
    Retrieved retrieved = new Pulled().get(clinic, keys);
    assertThat(retrieved.status()).isZero();
    return retrieved.counts().completed();
  }

  @Test
  void aWrongIdentifierIsA900() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      Retrieved wrong = new Pulled().get(clinic, Pulled.keys("SERIES", Clinic.study(1)));

      assertThat(wrong.status()).isEqualTo(0xA900);
      assertThat(wrong.comment()).isEqualTo("a unique key of this or a higher level is missing");
    }
  }

  @Test
  void whoMayNotRetrieveHasNoContextForIt() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.enrol("CT1", Set.of(DeviceVerb.STORE, DeviceVerb.FIND), 0);
      assertThatThrownBy(() ->
              new Pulled()
                  .get(
                      clinic,
                      "CT1",
                      RetrieveModel.STUDY_ROOT.get(),
                      NATIVE,
                      Pulled.keys("STUDY", Clinic.study(1))))
          .hasMessage("the peer did not accept this SOP class");
    }
  }

  @Test
  void whatTheReceiverTakesInAnotherNativeEncodingIsTurnedIntoIt() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      clinic.fill(1, 1, 1);
      for (TransferSyntax syntax :
          List.of(
              TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)) {
        Pulled pulled = new Pulled();
        Retrieved retrieved =
            pulled.get(
                clinic,
                "READ1",
                RetrieveModel.STUDY_ROOT.get(),
                List.of(syntax.uid()),
                Pulled.keys("STUDY", Clinic.study(1)));

        assertThat(retrieved.status()).isZero();
        Uid uid = Clinic.instance(1, 1, 1);
        assertThat(pulled.syntaxes).containsEntry(uid, syntax.uid());
        assertThat(pulled.instances.get(uid)).isEqualTo(Clinic.encoded(syntax, 1, 1, 1));
      }
    }
  }

  @Test
  void whatCanNotBeDecodedFailsByNameAndTheRestComes() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      clinic.fill(1, 1, 2);
      clinic.compress(1, 1, 3);
      clinic.compress(2, 1, 1);

      Retrieved some = new Pulled().get(clinic, Pulled.keys("STUDY", Clinic.study(1)));
      assertThat(some.status()).isEqualTo(0xB000);
      assertThat(some.counts()).isEqualTo(new SubOperations(0, 2, 1, 0));
      assertThat(some.failed()).containsExactly(Clinic.instance(1, 1, 3));

      Retrieved none = new Pulled().get(clinic, Pulled.keys("STUDY", Clinic.study(2)));
      assertThat(none.status()).isEqualTo(0xA702);
      assertThat(none.counts()).isEqualTo(new SubOperations(0, 0, 1, 0));
      assertThat(none.failed()).containsExactly(Clinic.instance(2, 1, 1));
      assertThat(none.comment())
          .isEqualTo("1 failed: receiver did not accept the syntax they are kept in");

      Pulled compressed = new Pulled();
      Retrieved all =
          compressed.get(
              clinic,
              "READ1",
              RetrieveModel.STUDY_ROOT.get(),
              List.of(Clinic.EXPLICIT, Clinic.JPEG),
              Pulled.keys("STUDY", Clinic.study(1)));
      assertThat(all.status()).isZero();
      assertThat(compressed.instances.get(Clinic.instance(1, 1, 3)))
          .isEqualTo(Clinic.compressed(1, 1, 3));
    }
  }

  @Test
  void whatTheReceiverAnswersIsCounted() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      clinic.fill(1, 1, 3);
      Uid refused = Clinic.instance(1, 1, 2);
      Uid coerced = Clinic.instance(1, 1, 3);
      Pulled pulled =
          new Pulled(
              uid -> Status.of(uid.equals(refused) ? 0xA700 : uid.equals(coerced) ? 0xB000 : 0, ""),
              _ -> true);
      Retrieved retrieved = pulled.get(clinic, Pulled.keys("STUDY", Clinic.study(1)));

      assertThat(retrieved.status()).isEqualTo(0xB000);
      assertThat(retrieved.counts()).isEqualTo(new SubOperations(0, 1, 1, 1));
      assertThat(retrieved.failed()).containsExactly(refused);

      Pulled warned = new Pulled(_ -> Status.of(0xB007, ""), _ -> true);
      Retrieved all = warned.get(clinic, Pulled.keys("STUDY", Clinic.study(1)));
      assertThat(all.status()).isEqualTo(0xB000);
      assertThat(all.counts()).isEqualTo(new SubOperations(0, 0, 0, 3));
      assertThat(all.failed()).isEmpty();
    }
  }

  @Test
  void everyPendingResponseAddsUpAndNoneSaysThatNothingIsLeft() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      clinic.fill(1, 1, 96);
      Pulled pulled = new Pulled();
      Retrieved retrieved = pulled.get(clinic, Pulled.keys("STUDY", Clinic.study(1)));

      assertThat(retrieved.counts()).isEqualTo(new SubOperations(0, 96, 0, 0));
      assertThat(pulled.told).hasSizeBetween(2, 96);
      assertThat(pulled.told)
          .allMatch(counts -> counts.remaining() + counts.completed() == 96)
          .allMatch(counts -> counts.remaining() > 0);
      assertThat(pulled.told).extracting(SubOperations::completed).isSorted();
    }
  }

  @Test
  void aCancelledOneEndsWithFE00AndSaysWhatIsLeft() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      clinic.fill(1, 1, 200);
      Pulled pulled = new Pulled(_ -> Status.success(), _ -> false);
      try (RequestedAssociation association =
          pulled.open(
              clinic, "READ1", clinic.server.port(), 8, RetrieveModel.STUDY_ROOT.get(), NATIVE)) {
        Retrieved retrieved =
            pulled.get(clinic, association, Pulled.keys("STUDY", Clinic.study(1)));

        assertThat(retrieved.status()).isEqualTo(0xFE00);
        assertThat(retrieved.counts().remaining()).isPositive();
        assertThat(retrieved.counts().remaining() + retrieved.counts().completed()).isEqualTo(200);
        assertThat(pulled.instances).hasSize(retrieved.counts().completed());
        Retrieved again =
            new Pulled()
                .get(clinic, association, Pulled.keys("SERIES", Clinic.study(9), Clinic.study(9)));
        assertThat(again.status()).as("the association goes on").isZero();
      }
    }
  }

  @Test
  void onePatientTooManyIsA702AndNothingIsWrittenOfIt() throws Exception {
    try (Clinic clinic = new Clinic(folder, new Brakes.Limits(1, 10))) {
      clinic.reader("READ1");
      for (int study = 1; study <= 6; study++) {
        clinic.fill(study, 1, 1);
      }
      for (int study = 1; study <= 5; study++) {
        assertThat(completed(clinic, Pulled.keys("STUDY", Clinic.study(study)))).isEqualTo(1);
      }
      Pulled pulled = new Pulled();
      Retrieved stopped = pulled.get(clinic, Pulled.keys("STUDY", Clinic.study(6)));

      assertThat(stopped.status()).isEqualTo(0xA702);
      assertThat(stopped.comment())
          .isEqualTo("this device's budget of patients for today is used up");
      assertThat(pulled.instances).isEmpty();
    }
  }

  @Test
  void moreInstancesThanCanBeCountedAreA701() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.fill(1, 1, 3);
      Peer peer =
          new Peer(
              clinic.archive,
              new Caller.Device(
                  "READ1",
                  Set.of(DeviceVerb.RETRIEVE),
                  Optional.empty(),
                  new Origin(Origin.Door.DIMSE, "127.0.0.1")),
              Clinic.TITLE);
      Retrieval few = new Retrieval(RetrieveModel.STUDY_ROOT, 2);
      Outcome outcome =
          ((Retrieval.Found.Refused)
                  few.open(
                      peer, Optional.of(Pulled.keys("STUDY", Clinic.study(1))), Optional.empty()))
              .outcome();

      assertThat(outcome.status().code()).isEqualTo(0xA701);
      assertThat(outcome.status().errorComment())
          .isEqualTo("more than 2 instances: ask for fewer at a time");
    }
  }

  @Test
  void withoutTheRoleOfAnScpNothingIsSent() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.enrol("READ1", Set.of(DeviceVerb.RETRIEVE, DeviceVerb.STORE), 0);
      clinic.fill(1, 1, 1);
      Uid model = RetrieveModel.STUDY_ROOT.get();
      Proposal proposal =
          Proposal.of(Clinic.TITLE, "READ1")
              .context(model, NATIVE)
              .context(Clinic.CT, NATIVE)
              .build();
      try (RequestedAssociation association =
          clinic.associate("READ1", clinic.server.port(), proposal, Services.none(), "peer")) {
        Retrieved retrieved =
            new Pulled().get(clinic, association, Pulled.keys("STUDY", Clinic.study(1)));

        assertThat(retrieved.status()).isEqualTo(0xA702);
        assertThat(retrieved.comment())
            .isEqualTo("1 failed: receiver accepted no context for their SOP class");
      }
    }
  }

  @Test
  void whatComesCanBeRead() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      clinic.fill(1, 1, 1);
      Pulled pulled = new Pulled();
      pulled.get(
          clinic,
          "READ1",
          RetrieveModel.STUDY_ROOT.get(),
          List.of(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN.uid()),
          Pulled.keys("STUDY", Clinic.study(1)));

      DataSet read =
          SmallDataSets.read(
              new ByteArrayInputStream(
                  java.util.Objects.requireNonNull(pulled.instances.get(Clinic.instance(1, 1, 1)))),
              TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN.uid());
      assertThat(read.string(Tag.PATIENT_ID)).contains("ID1");
      assertThat(read.element(Tag.PIXEL_DATA)).isPresent();
    }
  }
}
