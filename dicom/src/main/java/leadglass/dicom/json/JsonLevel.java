package leadglass.dicom.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import leadglass.dicom.charset.CharacterSet;
import org.jspecify.annotations.Nullable;

/// A data set or a sequence that is being written.
final class JsonLevel {
  private static final int[] NONE = new int[0];

  final boolean isSequence;
  final int tag;
  CharacterSet characterSet;

  /// Elements or items so far.
  int count;

  private int[] ascending = NONE;
  private int ascendingCount;
  private @Nullable Set<Integer> others;

  private JsonLevel(boolean isSequence, int tag, CharacterSet characterSet) {
    this.isSequence = isSequence;
    this.tag = tag;
    this.characterSet = characterSet;
  }

  static JsonLevel dataSet(CharacterSet characterSet) {
    return new JsonLevel(false, 0, characterSet);
  }

  static JsonLevel sequence(int tag, CharacterSet inherited) {
    return new JsonLevel(true, tag, inherited);
  }

  /// Remembers a tag; false if it was there before, since JSON has one member of a name.
  boolean isNew(int tag) {
    int signed = tag ^ Integer.MIN_VALUE;
    if (ascendingCount == 0 || ascending[ascendingCount - 1] < signed) {
      if (ascendingCount == ascending.length) {
        ascending = Arrays.copyOf(ascending, Math.max(8, 2 * ascendingCount));
      }
      ascending[ascendingCount++] = signed;
      return true;
    }
    if (Arrays.binarySearch(ascending, 0, ascendingCount, signed) >= 0) {
      return false;
    }
    if (others == null) {
      others = new HashSet<>();
    }
    return others.add(tag);
  }
}
