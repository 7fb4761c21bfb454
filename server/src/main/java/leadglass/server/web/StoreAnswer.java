package leadglass.server.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.StoreOutcome;
import leadglass.archive.StoreOutcome.InstanceUids;
import leadglass.archive.StoreOutcome.Reason;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;

/// The Store Instances Response Module (PS3.18 §10.5.3.1, PS3.3 §C.17) of one request, gathered
/// outcome by outcome.
final class StoreAnswer {
  private static final int OTHER_FAILURES_SEQUENCE = 0x0008119A;
  private static final int RULES_MAX = 10;

  private final String origin;
  private final List<DataSet> stored = new ArrayList<>();
  private final List<DataSet> failed = new ArrayList<>();
  private final List<DataSet> others = new ArrayList<>();
  private final Set<Uid> studies = new LinkedHashSet<>();
  private final Set<Reason> reasons = new LinkedHashSet<>();
  private final Set<String> rules = new LinkedHashSet<>();

  /// @param origin scheme and host of ours
  StoreAnswer(String origin) {
    this.origin = origin;
  }

  void add(StoreOutcome outcome, Optional<Tried.Claim> claim) {
    switch (outcome) {
      case StoreOutcome.Stored(var uids, _, var warnings) -> stored(uids, warnings);
      case StoreOutcome.AlreadyHeld(var uids) -> stored(uids, List.of());
      case StoreOutcome.Refused(var reason, var rule) -> refused(reason, rule, claim);
    }
  }

  private void stored(InstanceUids uids, List<String> warnings) {
    DataSet.Builder item =
        DataSet.builder()
            .uid(Tag.REFERENCED_SOP_CLASS_UID, uids.sopClass())
            .uid(Tag.REFERENCED_SOP_INSTANCE_UID, uids.sopInstance())
            .text(Tag.RETRIEVE_URL, Vr.UR, origin + Addresses.STAFF.instance(uids));
    if (!warnings.isEmpty()) {
      item.us(Tag.WARNING_REASON, 0xB007);
      say(warnings);
    }
    stored.add(item.build());
    studies.add(uids.study());
  }

  void refused(Reason reason, String rule, Optional<Tried.Claim> claim) {
    DataSet.Builder item = DataSet.builder().us(Tag.FAILURE_REASON, code(reason));
    if (claim.isPresent()) {
      item.uid(Tag.REFERENCED_SOP_CLASS_UID, claim.get().sopClass());
      item.uid(Tag.REFERENCED_SOP_INSTANCE_UID, claim.get().sopInstance());
    }
    (claim.isPresent() ? failed : others).add(item.build());
    reasons.add(reason);
    say(List.of(rule));
  }

  private void say(List<String> more) {
    for (String rule : more) {
      if (rules.size() < RULES_MAX) {
        rules.add(rule);
      }
    }
  }

  /// The rules that were broken, in words: what the standard's codes don't tell.
  Set<String> rules() {
    return rules;
  }

  int count() {
    return stored.size() + failed.size() + others.size();
  }

  /// PS3.18 Table 10.5.3-1.
  int status() {
    boolean anyFailed = !failed.isEmpty() || !others.isEmpty();
    if (!anyFailed) {
      return 200;
    }
    if (!stored.isEmpty()) {
      return 202;
    }
    if (reasons.equals(Set.of(Reason.NOT_AUTHORIZED))) {
      return 403;
    }
    return reasons.equals(Set.of(Reason.OUT_OF_RESOURCES)) ? 503 : 409;
  }

  DataSet dataSet() {
    DataSet.Builder answer = DataSet.builder().utf8();
    if (studies.size() == 1) {
      String study = Addresses.STAFF.study(studies.iterator().next());
      answer.text(Tag.RETRIEVE_URL, Vr.UR, origin + study);
    }
    if (!failed.isEmpty()) {
      answer.sequence(Tag.FAILED_SOP_SEQUENCE, failed);
    }
    if (!stored.isEmpty()) {
      answer.sequence(Tag.REFERENCED_SOP_SEQUENCE, stored);
    }
    if (!others.isEmpty()) {
      answer.sequence(OTHER_FAILURES_SEQUENCE, others);
    }
    return answer.build();
  }

  /// Failure Reason (0008,1197): PS3.18 Table 10.5.3-3 and PS3.7 Annex C; C101H is ours.
  static int code(Reason reason) {
    return switch (reason) {
      case NOT_AUTHORIZED -> 0x0124;
      case OUT_OF_RESOURCES -> 0xA700;
      case SOP_CLASS_MISMATCH -> 0xA900;
      case MALFORMED -> 0xC000;
      case UNSUPPORTED -> 0x0122;
      case UID_TAKEN -> 0xC101;
    };
  }
}
