package leadglass.store;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// The audit entries, and the tree over them; docs/formats/trail.md.
///
/// Safe for use by several threads.
public interface Trail extends AuditEntries {

  /// How many entries the index has: a question about somebody reads those behind them first.
  long indexed() throws IOException;

  /// The latest checkpoint as a signed note. What it covers is on stable storage.
  String checkpoint();

  /// A checkpoint over every entry that was written before the call.
  String checkpointNow() throws IOException;

  /// Proof that the tree of one size is the beginning of that of another (RFC 9162 §2.1.4.1).
  ///
  /// @param to at most what [#checkpoint] covers
  /// @throws IllegalArgumentException if the tree has not so many entries
  List<byte[]> consistency(long old, long to) throws IOException;

  /// Proof that an entry is in the tree of some size (RFC 9162 §2.1.3.1).
  ///
  /// @param of at most what [#checkpoint] covers
  /// @throws IllegalArgumentException if the tree has not so many entries
  List<byte[]> inclusion(long number, long of) throws IOException;

  /// What checkpoints and heads are checked with, as verifier keys of signed notes: Ed25519, then
  /// ML-DSA-44. Worth keeping elsewhere.
  List<String> keys();

  /// What cosignatures of [#cosign] are checked with, as a verifier key of signed notes.
  String cosigningKey();

  /// A line that says: this checkpoint of another trail goes on from all that was seen of it before
  /// (C2SP tlog-cosignature). Whether it does is the caller's business.
  ///
  /// @param note a signed note
  /// @param seconds when, since 1970-01-01T00:00Z
  /// @throws IllegalArgumentException if it is no signed note
  String cosign(String note, long seconds);

  /// Told every new checkpoint, soon after it was written, one after the other; the last one while
  /// the store is closed. Must come back soon: what takes longer belongs on a thread of its own.
  void onCheckpoint(Consumer<String> carrier);

  /// Told, soon after, that new entries are on stable storage; one call may stand for many entries.
  void onWritten(Runnable told);
}
