package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import leadglass.archive.DeviceVerb;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RetrieveScu;
import leadglass.net.association.RetrieveScu.Retrieved;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.SubOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class MoveScpTest {
  private static final Uid MODEL = RetrieveModel.STUDY_ROOT.move();
  private static final List<Uid> BOTH = List.of(Clinic.EXPLICIT, Clinic.JPEG);

  @TempDir private Path folder;
  private Clinic clinic;

  @BeforeEach
  void open() throws IOException {
    clinic = new Clinic(folder);
    clinic.reader("READ1");
  }

  @AfterEach
  void close() throws IOException {
    clinic.close();
  }

  private Workstation workstation(String title) throws IOException {
    Workstation made = new Workstation(BOTH, _ -> Status.success());
    clinic.enrol(title, Set.of(DeviceVerb.RETRIEVE), made.port());
    return made;
  }

  private Retrieved move(String destination, DataSet keys) throws IOException {
    Proposal proposal =
        Proposal.of(Clinic.TITLE, "READ1").context(MODEL, List.of(Clinic.EXPLICIT)).build();
    try (RequestedAssociation association =
        clinic.associate("READ1", clinic.server.port(), proposal, Services.none(), "peer")) {
      return RetrieveScu.move(association, MODEL, destination, keys, Clinic.SOON, _ -> true);
    }
  }

  private Retrieved move(String destination) throws IOException {
    return move(destination, Pulled.keys("STUDY", Clinic.study(1)));
  }

  @Test
  void instancesGoToAnotherDeviceAsTheyAreKept() throws Exception {
    Map<Uid, byte[]> stored = clinic.fill(1, 1, 5);
    clinic.compress(1, 2, 1);
    try (Workstation workstation = workstation("READ2")) {
      workstation.listen(clinic.identity("READ2"), true);

      Retrieved moved = move("READ2");

      assertThat(moved.status()).isZero();
      assertThat(moved.counts()).isEqualTo(new SubOperations(0, 6, 0, 0));
      stored.forEach((uid, bytes) -> assertThat(workstation.instances.get(uid)).isEqualTo(bytes));
      assertThat(workstation.instances.get(Clinic.instance(1, 2, 1)))
          .isEqualTo(Clinic.compressed(1, 2, 1));
      assertThat(workstation.callers).containsExactly("LEADGLASS calls READ2");
      assertThat(workstation.certificates)
          .allMatch(each -> each.getSubjectX500Principal().getName().contains("Leadglass server"));
    }
  }

  @Test
  void aCertificateThatIsNotTheDestinationsGetsNothing() throws Exception {
    clinic.fill(1, 1, 2);
    clinic.reader("READ3");
    try (Workstation workstation = workstation("READ2")) {
      workstation.listen(clinic.identity("READ3"), true);

      Retrieved moved = move("READ2");

      assertThat(moved.status()).isEqualTo(0xA702);
      assertThat(moved.comment())
          .isEqualTo("the destination did not prove itself by its certificate");
      assertThat(moved.counts()).isEqualTo(new SubOperations(0, 0, 2, 0));
      assertThat(moved.failed())
          .containsExactlyInAnyOrder(Clinic.instance(1, 1, 1), Clinic.instance(1, 1, 2));
      assertThat(workstation.instances).isEmpty();
      assertThat(workstation.callers).isEmpty();
    }
  }

  @Test
  void whoIsNoDestinationIsA801WhyeverTheyAreNone() throws Exception {
    clinic.fill(1, 1, 1);
    clinic.reader("READ3");
    try (Workstation revoked = workstation("READ2")) {
      clinic.revoke("READ2");
      for (String title : List.of("NOBODY", "READ1", "READ2", "READ3", "")) {
        Retrieved moved = move(title);
        assertThat(moved.status()).as(title).isEqualTo(0xA801);
        assertThat(moved.comment()).isEqualTo("unknown or not a destination");
      }
      assertThat(revoked.instances).isEmpty();
    }
  }

  @Test
  void aDestinationThatDoesNotListenIsA702() throws Exception {
    clinic.fill(1, 1, 1);
    Workstation gone = workstation("READ2");
    gone.close();

    Retrieved moved = move("READ2");

    assertThat(moved.status()).isEqualTo(0xA702);
    assertThat(moved.comment()).isEqualTo("the destination can't be reached at its address");
    assertThat(moved.failed()).containsExactly(Clinic.instance(1, 1, 1));
  }

  @Test
  void aDestinationThatRejectsIsA702() throws Exception {
    clinic.fill(1, 1, 1);
    try (Workstation workstation = workstation("READ2")) {
      workstation.listen(clinic.identity("READ2"), false);

      Retrieved moved = move("READ2");

      assertThat(moved.status()).isEqualTo(0xA702);
      assertThat(moved.comment()).isEqualTo("the destination rejected the association");
    }
  }

  @Test
  void whatTheDestinationRefusesFailsByName() throws Exception {
    clinic.fill(1, 1, 3);
    Uid refused = Clinic.instance(1, 1, 2);
    try (Workstation workstation =
        new Workstation(BOTH, uid -> Status.of(uid.equals(refused) ? 0xA700 : 0, ""))) {
      clinic.enrol("READ2", Set.of(DeviceVerb.RETRIEVE), workstation.port());
      workstation.listen(clinic.identity("READ2"), true);

      Retrieved moved = move("READ2");

      assertThat(moved.status()).isEqualTo(0xB000);
      assertThat(moved.comment()).isEqualTo("1 failed: the receiver answered with a failure");
      assertThat(moved.counts()).isEqualTo(new SubOperations(0, 2, 1, 0));
      assertThat(moved.failed()).containsExactly(refused);
    }
  }

  @Test
  void aDestinationThatBreaksOffIsCalledAgainForTheRest() throws Exception {
    clinic.fill(1, 1, 100);
    Uid fatal = Clinic.instance(1, 1, 50);
    try (Workstation workstation =
        new Workstation(
            BOTH,
            uid -> {
              if (uid.equals(fatal)) {
                throw new IllegalStateException("broken");
              }
              return Status.success();
            })) {
      clinic.enrol("READ2", Set.of(DeviceVerb.RETRIEVE), workstation.port());
      workstation.listen(clinic.identity("READ2"), true);

      Retrieved moved = move("READ2");

      assertThat(moved.status()).isEqualTo(0xB000);
      assertThat(moved.comment()).endsWith("failed: the association with the receiver ended");
      assertThat(moved.failed()).contains(fatal).hasSize(moved.counts().failed());
      assertThat(moved.counts().completed() + moved.counts().failed()).isEqualTo(100);
      assertThat(moved.failed()).as("a window of them at most").hasSizeLessThanOrEqualTo(33);
      assertThat(workstation.instances).containsKey(Clinic.instance(1, 1, 100));
      assertThat(workstation.callers).hasSizeGreaterThan(1);
    }
  }

  @Test
  void aWrongIdentifierIsA900AndNobodyIsCalled() throws Exception {
    try (Workstation workstation = workstation("READ2")) {
      workstation.listen(clinic.identity("READ2"), true);

      assertThat(move("READ2", Pulled.keys("SERIES", Clinic.study(1))).status()).isEqualTo(0xA900);
      assertThat(move("READ2", Pulled.keys("STUDY", Clinic.study(9))).status())
          .as("nothing to send")
          .isZero();
      assertThat(workstation.callers).isEmpty();
    }
  }

  @Test
  void aMoveThatIsCancelledEndsWithFE00() throws Exception {
    clinic.fill(1, 1, 200);
    try (Workstation workstation = workstation("READ2")) {
      workstation.listen(clinic.identity("READ2"), true);
      Proposal proposal =
          Proposal.of(Clinic.TITLE, "READ1").context(MODEL, List.of(Clinic.EXPLICIT)).build();
      try (RequestedAssociation association =
          clinic.associate("READ1", clinic.server.port(), proposal, Services.none(), "peer")) {
        Retrieved moved =
            RetrieveScu.move(
                association,
                MODEL,
                "READ2",
                Pulled.keys("STUDY", Clinic.study(1)),
                Clinic.SOON,
                _ -> false);

        assertThat(moved.status()).isEqualTo(0xFE00);
        assertThat(moved.counts().remaining()).isPositive();
        assertThat(moved.counts().remaining() + moved.counts().completed()).isEqualTo(200);
        assertThat(workstation.instances).hasSize(moved.counts().completed());
      }
    }
  }

  @Test
  void namesThatLeadToThisMachineOrItsCloudAreNoAddresses() throws Exception {
    assertThat(Outgoing.resolved("127.0.0.1").isLoopbackAddress()).isTrue();
    assertThat(Outgoing.resolved("localhost").isLoopbackAddress()).isTrue();
    assertThat(Outgoing.resolved("192.0.2.7").getHostAddress()).isEqualTo("192.0.2.7");
    for (String address :
        List.of("169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "fd00:ec2::254")) {
      assertThatThrownBy(() -> Outgoing.resolved(address))
          .as(address)
          .isInstanceOf(Outgoing.ForbiddenAddressException.class);
    }
  }
}
