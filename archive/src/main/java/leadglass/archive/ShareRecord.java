package leadglass.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A link to studies as it is kept in the registry.
///
/// @param link SHA-256 of its secret
/// @param patient pseudonym
/// @param studies names of those it still reaches
/// @param recipient as typed; empty if it names the patient, whom the registry outlives: then the
///   audit trail alone has it
/// @param by key of the account that made it
/// @param epoch of that account then
/// @param made milliseconds since 1970-01-01T00:00Z
/// @param wrong passcodes that were not right
/// @param apart tries that no passcode could have helped: from another device, or after its end
/// @param device SHA-256 of the secret that the first device got; null before
/// @param opened how often
/// @param ending how it ended before its time; null if it did not
record ShareRecord(
    byte[] link,
    PasswordHash passcode,
    String patient,
    List<String> studies,
    String recipient,
    String purpose,
    String by,
    int epoch,
    boolean download,
    long made,
    long ends,
    int wrong,
    int apart,
    byte @Nullable [] device,
    int opened,
    @Nullable Long lastOpened,
    @Nullable Ending ending) {

  /// So many wrong passcodes lock it.
  static final int WRONG_MAX = 20;

  /// @param how name of a [ShareLinks.State]
  /// @param by whoever ended it, in words
  record Ending(String how, String by, long at) {}

  ShareRecord {
    studies = List.copyOf(studies);
  }

  /// Who it is for and why. A recipient who is the patient is not named here.
  Stated stated() {
    return new Stated(purpose, recipient.isEmpty() ? ShareLinks.SAME_NAME : recipient);
  }

  ShareRecord missed() {
    return with(studies, wrong + 1, apart, device, opened, lastOpened, ending);
  }

  ShareRecord triedInVain() {
    return with(studies, wrong, apart + 1, device, opened, lastOpened, ending);
  }

  ShareRecord openedBy(byte[] hash, long at) {
    return with(studies, wrong, apart, hash, opened + 1, at, ending);
  }

  ShareRecord reaching(List<String> left) {
    return with(left, wrong, apart, device, opened, lastOpened, ending);
  }

  ShareRecord ended(Ending how) {
    return with(studies, wrong, apart, device, opened, lastOpened, how);
  }

  private ShareRecord with(
      List<String> left,
      int wrongTries,
      int triesApart,
      byte @Nullable [] hash,
      int openings,
      @Nullable Long last,
      @Nullable Ending how) {
    return new ShareRecord(
        link,
        passcode,
        patient,
        left,
        recipient,
        purpose,
        by,
        epoch,
        download,
        made,
        ends,
        wrongTries,
        triesApart,
        hash,
        openings,
        last,
        how);
  }

  @Override
  public String toString() {
    return "ShareRecord[]";
  }
}
