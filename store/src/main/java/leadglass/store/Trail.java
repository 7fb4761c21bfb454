package leadglass.store;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The audit entries of the log, each by its number, from 0 on in the order they were written, and
/// the tree over them; docs/formats/trail.md.
///
/// Safe for use by several threads.
public interface Trail {

  /// How many entries there are.
  long size() throws IOException;

  /// Entries from a number on, oldest first, unsealed one by one as the visitor takes them; those
  /// that come meanwhile may be left out.
  ///
  /// @throws IOException where one is missing or damaged: a trail with a hole must not look whole
  void read(long from, Visitor visitor) throws IOException;

  /// The entries about any of these patients or studies of a site, oldest first, whatever became of
  /// their keys.
  ///
  /// @throws IOException if any entry of the trail is missing or damaged
  void about(SiteId site, Set<Pseudonym> patients, Set<StudyName> studies, Visitor visitor)
      throws IOException;

  /// Number of the first entry that was written at a time or later; [#size] if there is none.
  /// Entries from before the tree began have no time and count as earlier.
  ///
  /// @param millis since 1970-01-01T00:00Z
  long from(long millis) throws IOException;

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

  /// Told every new checkpoint, soon after it was written, one after the other; the last one while
  /// the store is closed. Must come back soon: what takes longer belongs on a thread of its own.
  void onCheckpoint(Consumer<String> carrier);

  /// Told, soon after, that new entries are on stable storage; one call may stand for many entries.
  void onWritten(Runnable told);

  /// Takes one entry at a time.
  @FunctionalInterface
  interface Visitor {

    /// @return false to stop
    boolean visit(long number, Audit.Opened entry) throws IOException;
  }
}
