package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Role;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who sits at a reading station (PS3.7 §D.3.3.7).
class UserIdentityTest {
  private static final String FIND = "1.2.840.10008.5.1.4.1.2.2.1";
  private static final int ACCEPTED = 0;
  private static final int USER_REJECTION = 1;
  private static final int NAME_AND_PASSCODE = 2;

  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void openWithAStation() throws IOException {
    open = new OpenArchive(Premises.in(folder));
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            Set.of(DeviceVerb.STORE, DeviceVerb.FIND),
            Optional.empty(),
            Optional.empty());
    open.running.archive().devices().set(Premises.CONSOLE, Premises.CT1, terms);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  static byte[] item(int type, String primary, String secondary) {
    byte[] first = primary.getBytes(StandardCharsets.UTF_8);
    byte[] second = secondary.getBytes(StandardCharsets.UTF_8);
    int length = 6 + first.length + second.length;
    ByteBuffer item = ByteBuffer.allocate(4 + length);
    item.put((byte) 0x58).put((byte) 0).putShort((short) length);
    item.put((byte) type).put((byte) 1);
    item.putShort((short) first.length).put(first);
    item.putShort((short) second.length).put(second);
    return item.array();
  }

  /// @return the result for a context to query in
  private int query(byte[] identity) throws IOException {
    try (RawScu scu =
        open.association(Premises.CT1)
            .propose(FIND, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .userItems(identity)
            .open()) {
      return Objects.requireNonNull(scu.answers().get(1)).result();
    }
  }

  @Test
  void aTokenProvesWhoItIsAndNarrowsTheStation() throws IOException {
    assertThat(query(new byte[0])).as("nobody").isEqualTo(ACCEPTED);
    assertThat(query(item(NAME_AND_PASSCODE, "radiologist", open.token(Role.RADIOLOGIST))))
        .isEqualTo(ACCEPTED);
    assertThat(query(item(NAME_AND_PASSCODE, "referrer", open.token(Role.REFERRER))))
        .as("who may not see every study can't here")
        .isEqualTo(USER_REJECTION);
  }

  @Test
  void aTokenThatIsNoneOrSomebodyElsesIsRefusedLikeAStranger() {
    for (byte[] wrong :
        new byte[][] {
          item(NAME_AND_PASSCODE, "radiologist", "lg_0000_0000"),
          item(NAME_AND_PASSCODE, "radiologist", ""),
          item(NAME_AND_PASSCODE, "", open.token(Role.RADIOLOGIST)),
          item(NAME_AND_PASSCODE, "referrer", open.token(Role.RADIOLOGIST))
        }) {
      assertThatThrownBy(() -> query(wrong))
          .isInstanceOfSatisfying(
              RawScu.NotAcceptedException.class,
              e -> assertThat(e.pdu.body()).containsExactly(0, 1, 1, 3));
    }
  }

  @ParameterizedTest(name = "type {0}")
  @ValueSource(ints = {1, 3, 4, 5, 77})
  void whatProvesNothingHereIsPassedOver(int type) throws IOException {
    assertThat(query(item(type, "radiologist", ""))).isEqualTo(ACCEPTED);
  }
}
