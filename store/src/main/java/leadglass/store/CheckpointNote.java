package leadglass.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import leadglass.store.trail.Note;
import leadglass.store.trail.Proofs;
import leadglass.store.trail.Vkey;

/// A checkpoint of some trail, this one or another's, whose signatures were checked.
///
/// @param origin the trail's name
/// @param size entries in the tree
/// @param root of the tree
/// @param millis when, since 1970-01-01T00:00Z; 0 if it does not say
public record CheckpointNote(String origin, long size, byte[] root, long millis) {

  /// Reads a signed note.
  ///
  /// @param keys verifier keys; every one of them must have signed it
  /// @return empty if it can't be read, if a key can't, or if a signature is missing or wrong
  public static Optional<CheckpointNote> read(String text, Collection<String> keys) {
    List<Optional<Vkey>> known = keys.stream().map(Vkey::parse).toList();
    return Note.parse(text)
        .filter(note ->
            !known.isEmpty()
                && known.stream().allMatch(key -> key.isPresent() && note.signedBy(key.get())))
        .map(note -> new CheckpointNote(note.origin(), note.size(), note.root(), note.millis()));
  }

  /// Whose checkpoint a signed note says it is. Nothing vouches for it but [#read].
  public static Optional<String> origin(String text) {
    return Note.parse(text).map(Note::origin);
  }

  /// The name in verifier keys of one trail; empty if one of them can't be read or is a witness's,
  /// or if they are not of one name in printable ASCII.
  public static Optional<String> trail(Collection<String> keys) {
    List<String> names =
        keys.stream()
            .map(each -> Vkey.parse(each).filter(Vkey::isOfTrail).map(Vkey::name).orElse(""))
            .distinct()
            .toList();
    return names.size() == 1 && names.getFirst().matches("[\\x21-\\x7e]+")
        ? Optional.of(names.getFirst())
        : Optional.empty();
  }

  /// Whether a proof of [Trail#consistency] shows that nothing of what this one covers was changed
  /// in a later one.
  public boolean isBeginningOf(CheckpointNote later, List<byte[]> proof) {
    return origin.equals(later.origin())
        && Proofs.consistent(size, root, later.size(), later.root(), proof);
  }

  @Override
  public String toString() {
    return "CheckpointNote[" + origin + ", " + size + "]";
  }
}
