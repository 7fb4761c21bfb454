package leadglass.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A storage commitment that was asked for and not reported yet.
///
/// @param transaction Transaction UID
/// @param aeTitle of whoever asked
/// @param failed what can't be committed, once that is known; null: not looked at yet
/// @param tries reports that did not arrive
record CommitmentRecord(
    String transaction,
    String aeTitle,
    List<Item> items,
    @Nullable List<Integer> failed,
    long made,
    int tries,
    long next) {
  static final String KIND = "commitment";

  CommitmentRecord {
    items = List.copyOf(items);
    failed = failed == null ? null : List.copyOf(failed);
  }

  /// A reference.
  record Item(String sopClass, String sopInstance) {}

  CommitmentRecord looked(List<Integer> reasons) {
    return new CommitmentRecord(transaction, aeTitle, items, reasons, made, tries, next);
  }

  CommitmentRecord later(long when) {
    return new CommitmentRecord(transaction, aeTitle, items, failed, made, tries + 1, when);
  }

  @Override
  public String toString() {
    return "CommitmentRecord[" + items.size() + "]";
  }
}
