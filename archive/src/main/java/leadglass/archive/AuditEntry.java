package leadglass.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import leadglass.store.Audit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One line of the audit trail, as it is sealed. Carries identifiers on purpose: it is the one
/// place besides the packs where they may stand.
///
/// @param at when, milliseconds since 1970-01-01T00:00Z
/// @param success whether it was done; a refusal is an entry too
/// @param kind of caller: `person`, `program`, `device`, `share`, `patient`, `console`, `stranger`
/// @param who the caller's name; empty for a stranger
/// @param hat the role worn, where there is one
/// @param from network address
/// @param site id of the further site it is of; null for the site that runs the archive
/// @param study Study Instance UID, where there is one
/// @param series Series Instance UID, likewise
/// @param instance SOP Instance UID, where it is about one
/// @param count instances or rows concerned
/// @param ends true for the entry that closes a visit and gives its count
/// @param detail a rule or an event's name; never a value of a data set
/// @param reason as somebody typed it; gone with the patient, like the identifiers
/// @param purpose why data left, where somebody was asked; gone with the patient
/// @param recipient for whom, where it is not whoever asked; gone with the patient
/// @param frames of the entry that closes a visit, how many went out of the store
/// @param bytes likewise
/// @param state of [Act#STATE], who may do what from then on: JSON
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
    long at,
    Act act,
    boolean success,
    String kind,
    String who,
    @Nullable String hat,
    Origin.Door door,
    String from,
    @Nullable String site,
    @Nullable String study,
    @Nullable String series,
    @Nullable String instance,
    long count,
    boolean ends,
    @Nullable String detail,
    @Nullable String reason,
    @Nullable String purpose,
    @Nullable String recipient,
    @Nullable Long frames,
    @Nullable Long bytes,
    @Nullable String state) {

  /// One that counts no bytes.
  AuditEntry(
      long at,
      Act act,
      boolean success,
      String kind,
      String who,
      @Nullable String hat,
      Origin.Door door,
      String from,
      @Nullable String site,
      @Nullable String study,
      @Nullable String series,
      @Nullable String instance,
      long count,
      boolean ends,
      @Nullable String detail,
      @Nullable String reason,
      @Nullable String purpose,
      @Nullable String recipient) {
    this(
        at, act, success, kind, who, hat, door, from, site, study, series, instance, count, ends,
        detail, reason, purpose, recipient, null, null, null);
  }

  /// The entry that says what there is.
  AuditEntry stating(String now) {
    return new AuditEntry(
        at, act, success, kind, who, hat, door, from, site, study, series, instance, count, ends,
        detail, reason, purpose, recipient, frames, bytes, now);
  }

  /// The entry that closes a visit.
  AuditEntry giving(long givenFrames, long givenBytes) {
    return new AuditEntry(
        at,
        act,
        success,
        kind,
        who,
        hat,
        door,
        from,
        site,
        study,
        series,
        instance,
        count,
        ends,
        detail,
        reason,
        purpose,
        recipient,
        givenFrames,
        givenBytes,
        state);
  }

  /// This entry, about somebody else or about nobody.
  AuditEntry about(AuditTrail.@Nullable Subject subject) {
    return new AuditEntry(
        at,
        act,
        success,
        kind,
        who,
        hat,
        door,
        from,
        site,
        subject == null ? null : subject.study(),
        subject == null ? null : subject.series(),
        subject == null ? null : subject.instance(),
        count,
        ends,
        detail,
        subject == null ? null : subject.reason(),
        subject == null ? null : subject.purpose(),
        subject == null ? null : subject.recipient(),
        frames,
        bytes,
        state);
  }

  /// An entry as the store gives it back, what identifies the patient in it as long as that can be
  /// known.
  @SuppressWarnings("exports") // `app` alone opens a store
  public static AuditEntry of(Audit.Opened opened) {
    return AuditTrail.decode(JsonMapper.builder().build(), opened);
  }

  /// Never the identifiers: this may end in a log line.
  @Override
  public String toString() {
    return "AuditEntry[" + act + ", " + kind + "]";
  }
}
