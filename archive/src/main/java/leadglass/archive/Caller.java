package leadglass.archive;

import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;

/// Who asks, how they proved it, and where they came from. A parameter of everything in this room,
/// never ambient.
///
/// Made by the archive alone: [People], [Tokens], [Devices], [ShareDoor] and [PatientDoor] prove
/// who somebody is.
public sealed interface Caller {

  Origin origin();

  /// Nobody who proved anything. May nothing, learns nothing.
  record Stranger(Origin origin) implements Caller {}

  /// A person with a session: password and second factor, or a passkey.
  ///
  /// @param name of the account
  /// @param hat the one role worn now, of those held
  /// @param held every role held
  record Person(String name, Role hat, Set<Role> held, Origin origin) implements Caller {}

  /// A program with a bearer token of a person's. Never more than that person may at this moment.
  ///
  /// @param id public part of the token
  /// @param owner account it belongs to
  /// @param held the owner's roles now
  /// @param patients pseudonyms of the only ones it reaches; empty: as far as its owner
  record Program(
      String id,
      String owner,
      Set<Role> held,
      Set<Scope> scopes,
      Set<String> patients,
      Origin origin)
      implements Caller {

    /// One that reaches as far as its owner.
    public Program(String id, String owner, Set<Role> held, Set<Scope> scopes, Origin origin) {
      this(id, owner, held, scopes, Set.of(), origin);
    }
  }

  /// A device with a client certificate that was enrolled.
  ///
  /// @param may what its enrolment allows, and whoever stands behind it
  /// @param person who uses it now, proved or declared; empty: not known
  /// @param proof what it came in by
  record Device(
      String aeTitle, Set<DeviceVerb> may, Optional<String> person, Origin origin, Proof proof)
      implements Caller {
    public Device {
      may = Set.copyOf(may);
    }

    /// One whose certificate counts.
    public Device(String aeTitle, Set<DeviceVerb> may, Optional<String> person, Origin origin) {
      this(aeTitle, may, person, origin, Proof.CERTIFICATE);
    }

    /// One that may store.
    public Device(String aeTitle, Origin origin) {
      this(aeTitle, Set.of(DeviceVerb.STORE), Optional.empty(), origin);
    }
  }

  /// What a device came in by.
  enum Proof {
    /// A certificate that counts.
    CERTIFICATE,
    /// One that has ended lately: what comes is kept apart, and nothing is answered.
    ENDED_CERTIFICATE,
    /// No proof, but a lane's address and titles.
    LANE,
    /// The same, after the lane's end.
    ENDED_LANE;

    /// Whether it came without TLS.
    public boolean isLane() {
      return this == LANE || this == ENDED_LANE;
    }
  }

  /// Whoever opened a link with its passcode, on the device it is bound to.
  ///
  /// @param id of the link; not its secret
  /// @param studies those that it still reaches
  /// @param download whether they may be taken away as files
  /// @param stated who it is for and why, as whoever made it said
  record Share(String id, Set<Uid> studies, boolean download, Stated stated, Origin origin)
      implements Caller {
    public Share {
      studies = Set.copyOf(studies);
    }

    /// One of which nothing was said.
    public Share(String id, Set<Uid> studies, boolean download, Origin origin) {
      this(id, studies, download, Stated.NOTHING, origin);
    }

    @Override
    public String toString() {
      return "Share[" + studies.size() + " studies]";
    }
  }

  /// A patient with a session of their own passkey's.
  ///
  /// @param id of the account; not its secret
  /// @param patients pseudonyms of who they are in this site; what is filed under them is theirs
  record Patient(String id, Set<String> patients, Origin origin) implements Caller {
    public Patient {
      patients = Set.copyOf(patients);
    }

    @Override
    public String toString() {
      return "Patient[]";
    }
  }

  /// Somebody at this machine's console.
  record Console(String osUser, Origin origin) implements Caller {}

  /// What a token allows.
  enum Scope {
    READ,
    WRITE,
    /// The audit trail, for whoever may read it: what collects it.
    AUDIT,
    /// Checkpoints of another archive's trail brought here, and nothing else whatever.
    WITNESS
  }
}
