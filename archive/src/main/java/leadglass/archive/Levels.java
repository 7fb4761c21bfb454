package leadglass.archive;

import java.util.Set;

/// Which attributes the archive keeps beside the bytes, so that lists need not open an instance:
/// those of PS3.4 §C.6.2.1 and PS3.18 §10.6.3, and what work lists usually show.
final class Levels {

  /// What says whose and which it is; each is short.
  static final Set<Integer> IDENTITY =
      Set.of(
          0x00080016,
          0x00080018,
          0x00100010,
          0x00100020,
          0x00100021,
          0x00100030,
          0x0020000D,
          0x0020000E);

  /// Of a patient, among those kept of a study.
  static final Set<Integer> PATIENT =
      Set.of(
          0x00100010,
          0x00100020,
          0x00100021,
          0x00100024,
          0x00100030,
          0x00100032,
          0x00100040,
          0x00101000,
          0x00101001,
          0x00102160,
          0x00104000);

  /// Of patient and study.
  static final Set<Integer> STUDY =
      Set.of(
          0x00080020,
          0x00080030,
          0x00080050,
          0x00080051,
          0x00080090,
          0x00080096,
          0x00080201,
          0x00081030,
          0x00081032,
          0x00081048,
          0x00081060,
          0x00081080,
          0x00100010,
          0x00100020,
          0x00100021,
          0x00100024,
          0x00100030,
          0x00100032,
          0x00100040,
          0x00101000,
          0x00101001,
          0x00101010,
          0x00101020,
          0x00101030,
          0x00102160,
          0x00102180,
          0x001021B0,
          0x00104000,
          0x0020000D,
          0x00200010);

  /// Of a series.
  static final Set<Integer> SERIES =
      Set.of(
          0x00080021,
          0x00080031,
          0x00080060,
          0x00080070,
          0x00080080,
          0x00080201,
          0x00081010,
          0x0008103E,
          0x00081040,
          0x00081050,
          0x00081070,
          0x00081090,
          0x00180015,
          0x00181030,
          0x0020000E,
          0x00200011,
          0x00200052,
          0x00200060,
          0x00400244,
          0x00400245,
          0x00400253,
          0x00400254,
          0x00400275);

  /// Of an instance.
  static final Set<Integer> INSTANCE =
      Set.of(
          0x00080008,
          0x00080012,
          0x00080013,
          0x00080016,
          0x00080018,
          0x00080022,
          0x00080023,
          0x0008002A,
          0x00080032,
          0x00080033,
          0x00080201,
          0x00200012,
          0x00200013,
          0x00280002,
          0x00280004,
          0x00280008,
          0x00280010,
          0x00280011,
          0x00280100,
          0x00280101,
          0x00280102,
          0x0040A043,
          0x0040A491,
          0x0040A493,
          0x00420010,
          0x00420012);

  private Levels() {}

  static boolean isKept(int tag) {
    return STUDY.contains(tag) || SERIES.contains(tag) || INSTANCE.contains(tag);
  }
}
