package leadglass.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AbsencesTest {
  private final Absences absences = new Absences();

  private static ByteBuffer hash(int number) {
    return ByteBuffer.allocate(16).putInt(number).putInt(number).rewind();
  }

  @Test
  void whatNobodyLookedForIsNotKnownToBeMissing() {
    assertThat(absences.stillMissing(hash(1))).isFalse();
  }

  @Test
  void whatWasLookedForAndNotFoundIsMissingOnce() {
    absences.missed(hash(1), absences.filed(hash(1)));

    assertThat(absences.stillMissing(hash(1))).isTrue();
    assertThat(absences.stillMissing(hash(1))).isFalse();
  }

  @Test
  void whatSomebodyFiledAfterItWasLookedForIsNotMissing() {
    absences.missed(hash(1), absences.filed(hash(1)));
    absences.justFiled(hash(1));

    assertThat(absences.stillMissing(hash(1))).isFalse();
  }

  @Test
  void whatSomebodyFiledWhileItWasLookedForIsNotMissing() {
    long before = absences.filed(hash(1));
    absences.justFiled(hash(1));
    absences.missed(hash(1), before);

    assertThat(absences.stillMissing(hash(1))).isFalse();
  }

  @Test
  void nothingIsMissingForCertainOnceAStudyCameBack() {
    long before = absences.filed(hash(2));
    absences.missed(hash(1), absences.filed(hash(1)));
    absences.mayBeBack();
    absences.missed(hash(2), before);

    assertThat(absences.stillMissing(hash(1))).isFalse();
    assertThat(absences.stillMissing(hash(2))).isFalse();
  }

  @Test
  void othersThatAreFiledDoNotMatter() {
    absences.missed(hash(1), absences.filed(hash(1)));
    absences.justFiled(hash(2));

    assertThat(absences.stillMissing(hash(1))).isTrue();
  }

  @Test
  void whatIsNeverFiledIsForgotten() {
    for (int i = 0; i < 5000; i++) {
      absences.missed(hash(i), 0);
    }

    assertThat(absences.stillMissing(hash(0))).isFalse();
    assertThat(absences.stillMissing(hash(4999))).isTrue();
  }
}
