package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// A patient's own way in as it is kept in the registry, which outlives the patient: no name and no
/// Patient ID is in it.
///
/// @param patient pseudonym
/// @param handle random name of the account in the patient's authenticator
/// @param made of the latest invitation, milliseconds since 1970-01-01T00:00Z
/// @param by whoever invited, in words
/// @param invitation until it is used; null after
/// @param passkey null before
/// @param ending how it ended; null if it did not
record PatientRecord(
    String patient,
    byte[] handle,
    long made,
    String by,
    @Nullable Invitation invitation,
    @Nullable PasskeyRecord passkey,
    @Nullable Long joined,
    @Nullable Long lastSignIn,
    @Nullable Ending ending) {

  /// So many wrong codes lock an invitation.
  static final int WRONG_MAX = 20;

  /// @param link SHA-256 of the link's secret
  /// @param code as a password
  /// @param wrong codes that were not right
  record Invitation(byte[] link, PasswordHash code, long ends, int wrong) {
    Invitation missed() {
      return new Invitation(link, code, ends, wrong + 1);
    }

    @Override
    public String toString() {
      return "Invitation[]";
    }
  }

  /// @param how name of a [Patients.State]
  /// @param by whoever ended it, in words
  record Ending(String how, String by, long at) {}

  /// The same account under a fresh invitation: whatever opened it before opens it no more.
  PatientRecord invited(byte[] fresh, long now, String who, Invitation how) {
    return new PatientRecord(patient, fresh, now, who, how, null, null, null, null);
  }

  PatientRecord missed() {
    return invitation == null
        ? this
        : new PatientRecord(
            patient, handle, made, by, invitation.missed(), passkey, joined, lastSignIn, ending);
  }

  /// With a passkey for the invitation.
  PatientRecord joined(PasskeyRecord own, long now) {
    return new PatientRecord(patient, handle, made, by, null, own, now, now, ending);
  }

  /// @param own the passkey, as it is after its use
  PatientRecord usedBy(PasskeyRecord own, @Nullable Long signedIn) {
    return new PatientRecord(patient, handle, made, by, invitation, own, joined, signedIn, ending);
  }

  PatientRecord ended(Ending how) {
    return new PatientRecord(patient, handle, made, by, null, null, joined, lastSignIn, how);
  }

  @Override
  public String toString() {
    return "PatientRecord[]";
  }
}
