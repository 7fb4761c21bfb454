package leadglass.archive;

import java.util.List;
import java.util.Optional;

/// How a site is protected at one moment, seen from inside: what a report of its security is made
/// of. Nothing of any patient.
///
/// @param site its name
/// @param whole what is of the whole archive; empty where a further site's people ask
/// @param trail of the whole archive too
/// @param rolesAsked roles that wait for a confirmation
/// @param recoveriesAsked recoveries of accounts that wait for a confirmation
/// @param tokens that work now
/// @param consoleActs acts at the console that nobody has said they have seen
/// @param blocks why nothing may listen on a public address
public record SecurityFacts(
    long atMillis,
    String site,
    Optional<Whole> whole,
    List<Person> people,
    int rolesAsked,
    int recoveriesAsked,
    int tokens,
    List<Device> devices,
    List<Answered> duty,
    List<String> blocks,
    int consoleActs,
    Optional<Trail> trail,
    Reviews reviews,
    Budgets budgets,
    Lifecycle lifecycle,
    Optional<FromOutside> outside,
    Sessions sessions) {
  public SecurityFacts {
    people = List.copyOf(people);
    devices = List.copyOf(devices);
    duty = List.copyOf(duty);
    blocks = List.copyOf(blocks);
  }

  /// @param concerns words of [Concern], the worst first
  /// @param exposed what the last check of the doors found; empty: there was none yet
  public record Whole(
      Holdings holdings,
      Key key,
      Copies copies,
      Packs packs,
      List<Risk> concerns,
      Optional<Exposed> exposed) {
    public Whole {
      concerns = List.copyOf(concerns);
    }
  }

  public record Holdings(
      long studies,
      long instances,
      long bytes,
      long freeBytes,
      boolean storing,
      boolean readOnly) {}

  /// @param kind what holds it: `file`, `passphrase`, `token`, `service`
  /// @param place in the words of [KeyHome]
  /// @param beside whether it lies on the device that holds the data
  /// @param sheetsMillis when the sheets were made that open it
  /// @param sheetsTriedMillis when two of them were last tried
  public record Key(
      String kind,
      String place,
      boolean beside,
      Optional<Long> sheetsMillis,
      Optional<Long> sheetsTriedMillis) {}

  /// @param places of backups on other devices
  public record Copies(
      Optional<Long> backupMillis,
      boolean old,
      boolean destroyable,
      Optional<Long> sameDeviceMillis,
      Optional<Long> rehearsedMillis,
      boolean rehearsedWell,
      boolean rehearsalOld,
      List<String> places) {
    public Copies {
      places = List.copyOf(places);
    }
  }

  /// What a stranger sees of the doors.
  ///
  /// @param grade A, B, C, D or F; `?`: something could not be told
  /// @param vantage from where it was looked
  public record Exposed(String grade, long atMillis, String vantage) {}

  /// @param lastMillis when packs were verified last, 0: never
  /// @param oldestMillis when the pack was that was not for the longest time, 0: never
  public record Packs(int count, long lastMillis, long oldestMillis, int damages) {}

  /// Something an administrator has to see to.
  ///
  /// @param word for programs
  /// @param words for people
  public record Risk(String word, String words) {}

  /// @param roles held, as words
  /// @param provisional of those, given at the console and not confirmed yet
  /// @param twoFactors whether a password with a code, or a passkey, opens it
  /// @param provider whether an identity provider's word opens it
  /// @param recoveryCodes whether any are left
  public record Person(
      String name,
      boolean enabled,
      List<String> roles,
      List<String> provisional,
      boolean twoFactors,
      boolean passkey,
      boolean provider,
      boolean recoveryCodes,
      Optional<Long> lastSignInMillis) {
    public Person {
      roles = List.copyOf(roles);
      provisional = List.copyOf(provisional);
    }
  }

  /// @param state `valid`, `ends-soon`, `ended` or `revoked`
  /// @param endsMillis of its newest certificate; empty: not seen yet
  /// @param keyLaid whether its key has lain in a folder here for more than a day
  /// @param lane whether it comes without TLS; then the state and the end are the lane's
  public record Device(
      String aeTitle,
      String owner,
      String state,
      Optional<Long> endsMillis,
      boolean keyLaid,
      boolean lane) {

    /// One with a certificate.
    public Device(
        String aeTitle, String owner, String state, Optional<Long> endsMillis, boolean keyLaid) {
      this(aeTitle, owner, state, endsMillis, keyLaid, false);
    }
  }

  /// A row of the register of duty.
  ///
  /// @param wrong why it is red, in words; empty if somebody answers for it
  public record Answered(String what, String owner, String wrong) {}

  /// @param entries of all sites
  /// @param covered by the newest signed checkpoint
  /// @param witnessed trails of other archives that this one is the witness of
  /// @param witnessedWrong of those, that contradict what was seen of them before
  public record Trail(long entries, long covered, int witnessed, int witnessedWrong) {}

  /// What waits for an auditor.
  ///
  /// @param emergencies patients opened in an emergency, as long as they are known
  /// @param emergenciesOpen of those, not reviewed
  /// @param questionsOpen of patients, not answered
  public record Reviews(long emergencies, long emergenciesOpen, long questionsOpen) {}

  /// Budgets of a day.
  ///
  /// @param raised accounts near the end of one today, or beyond it
  public record Budgets(int patients, int rows, int raised) {}

  /// @param retention rules in force, in words
  /// @param holds in force
  /// @param erasuresAsked wait for a second person
  /// @param erasuresConfirmed wait for the days of grace
  /// @param erasuresKept of those, what keeps them from being done
  public record Lifecycle(
      List<String> retention,
      int holds,
      int erasuresAsked,
      int erasuresConfirmed,
      int erasuresKept,
      int erasuresDone,
      int graceDays) {
    public Lifecycle {
      retention = List.copyOf(retention);
    }
  }

  /// Connections from outside the neighbourhood.
  public record FromOutside(long count, long firstMillis, long lastMillis) {}

  /// After so long a session of a person ends.
  public record Sessions(int idleMinutes, int longestHours, int passwordCharsMin) {}
}
