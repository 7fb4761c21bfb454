package leadglass.store;

import java.io.IOException;
import java.util.Set;

/// The audit entries of the log, each by its number, from 0 on in the order they were written.
///
/// Safe for use by several threads.
public interface AuditEntries {

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

  /// Takes one entry at a time.
  @FunctionalInterface
  interface Visitor {

    /// @return false to stop
    boolean visit(long number, Audit.Opened entry) throws IOException;
  }
}
