package leadglass.archive;

import static leadglass.archive.ShareWard.FIRST;
import static leadglass.archive.ShareWard.HOME;
import static leadglass.archive.ShareWard.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import leadglass.archive.ShareDoor.Opening;
import leadglass.archive.ShareLinks.Made;
import leadglass.archive.ShareLinks.State;
import org.junit.jupiter.api.Test;

/// Links as those see them who were given one, or found one.
class ShareDoorTest {
  private static final String WRONG = "0000-0000";
  private final ShareWard ward = new ShareWard();

  ShareDoorTest() throws IOException {}

  private Opening at(Origin origin, Made.Link link, Optional<String> device, String passcode)
      throws IOException {
    return ward.sharing.door().open(origin, link.fragment(), device, passcode);
  }

  @Test
  void linkAndPasscodeOpenExactlyTheChosenStudies() throws IOException {
    Made.Link link = ward.link(FIRST);
    Opening.Opened opened = ward.opened(link);
    Caller.Share share = ward.session(opened).orElseThrow();
    assertThat(share.studies()).containsExactly(FIRST);
    assertThat(share.download()).isFalse();
    ShareDoor.Given given = ward.sharing.door().given(share).orElseThrow();
    assertThat(given.recipient()).isEqualTo(ShareWard.RECIPIENT);
    assertThat(given.by()).isEqualTo("rita");
    assertThat(opened.toString()).isEqualTo("Opened[]");
    assertThat(given.toString()).isEqualTo("Given[]");
  }

  @Test
  void aPasscodeMayBeTypedAsPeopleType() throws IOException {
    Made.Link link = ward.link(FIRST);
    String typed = " " + link.passcode().toLowerCase(java.util.Locale.ROOT).replace('-', ' ');
    assertThat(ward.tryFresh(link, typed)).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void wrongTriesAreSlowedByWhereTheyComeFromWhateverTheLink() throws IOException {
    Made.Link link = ward.link(FIRST);
    for (int i = 0; i < 3; i++) {
      assertThat(at(HOME, link, Optional.empty(), WRONG)).isEqualTo(new Opening.Refused());
    }
    assertThat(at(HOME, link, Optional.empty(), link.passcode()))
        .isInstanceOf(Opening.TooSoon.class);
    Made.Link other = ward.link(FIRST);
    assertThat(at(HOME, other, Optional.empty(), other.passcode()))
        .isInstanceOf(Opening.TooSoon.class);
    assertThat(ward.tryFresh(link, link.passcode())).isInstanceOf(Opening.Opened.class);
    ward.turn(Duration.ofSeconds(2));
    assertThat(at(HOME, other, Optional.empty(), other.passcode()))
        .isInstanceOf(Opening.Opened.class);
  }

  @Test
  void twentyWrongPasscodesInAllLockALinkAlsoOverARestart() throws IOException {
    Made.Link link = ward.link(FIRST);
    for (int i = 0; i < 19; i++) {
      assertThat(ward.tryFresh(link, WRONG)).isEqualTo(new Opening.Refused());
    }
    ward.reopen();
    assertThat(ward.state(link)).isEqualTo(State.OPEN);
    Opening.Opened opened = ward.opened(link);
    assertThat(at(HOME, link, Optional.of(opened.device()), WRONG))
        .isEqualTo(new Opening.Refused());
    assertThat(ward.state(link)).isEqualTo(State.LOCKED);
    assertThat(ward.session(opened)).isEmpty();
    assertThat(at(HOME, link, Optional.of(opened.device()), link.passcode()))
        .isEqualTo(new Opening.Refused());
    assertThat(ward.events).contains(new ArchiveEvent.ShareLocked(link.id()));
    assertThat(ward.ward.written).anyMatch(entry -> entry.contains("locked after 20 wrong"));
    assertThat(ward.sharing.links().list(RITA).getFirst().wrong()).isEqualTo(20);
    assertThat(ward.sharing.links().locked(RITA)).isEqualTo(1);
    assertThat(ward.sharing.links().locked(ShareWard.FRED)).isZero();
    ward.sharing.sweep();
    ward.turn(Duration.ofDays(8));
    assertThat(ward.sharing.links().locked(RITA)).isZero();
  }

  @Test
  void aLinkIsBoundToTheFirstDeviceAfterTheRightPasscode() throws IOException {
    Made.Link link = ward.link(FIRST);
    assertThat(ward.tryFresh(link, WRONG)).isEqualTo(new Opening.Refused());
    Opening.Opened opened = ward.opened(link);
    assertThat(ward.tryFresh(link, link.passcode())).isEqualTo(new Opening.Refused());
    assertThat(at(HOME, link, Optional.of("A".repeat(43)), link.passcode()))
        .isEqualTo(new Opening.Refused());
    Opening again = at(HOME, link, Optional.of(opened.device()), link.passcode());
    assertThat(again).isInstanceOf(Opening.Opened.class);
    assertThat(((Opening.Opened) again).device()).isEqualTo(opened.device());
    assertThat(((Opening.Opened) again).session()).isNotEqualTo(opened.session());
    assertThat(ward.kept()).doesNotContain(opened.device());
  }

  @Test
  void whoGuessesAtABoundLinkFromElsewhereLocksNobodyOut() throws IOException {
    Made.Link link = ward.link(FIRST);
    Opening.Opened opened = ward.opened(link);
    for (int i = 0; i < 30; i++) {
      assertThat(ward.tryFresh(link, WRONG)).isEqualTo(new Opening.Refused());
    }
    assertThat(ward.session(opened)).isPresent();
    assertThat(ward.state(link)).isEqualTo(State.OPEN);
  }

  @Test
  void whateverIsWrongTheAnswerIsTheSame() throws IOException {
    Made.Link ended = ward.link(FIRST);
    ward.turn(Duration.ofDays(7));
    Made.Link stopped = ward.link(FIRST);
    ward.sharing.links().revoke(RITA, stopped.id());
    Made.Link open = ward.link(FIRST);
    String secret = open.fragment().substring(33);
    assertThat(ward.tryFresh(ended, ended.passcode())).isEqualTo(new Opening.Refused());
    assertThat(ward.tryFresh(stopped, stopped.passcode())).isEqualTo(new Opening.Refused());
    assertThat(ward.tryFresh(open, "")).isEqualTo(new Opening.Refused());
    assertThat(ward.tryFresh(open, "x".repeat(100_000))).isEqualTo(new Opening.Refused());
    for (String fragment :
        java.util.List.of(
            "",
            "nonsense",
            open.id(),
            open.id() + ".",
            "0".repeat(32) + "." + secret,
            open.id() + "." + "A".repeat(43),
            ended.id() + "." + secret,
            "x".repeat(100_000))) {
      Origin fresh = new Origin(Origin.Door.PAGE, "192.0.2." + (1 + fragment.length() % 200));
      assertThat(ward.sharing.door().open(fresh, fragment, Optional.empty(), open.passcode()))
          .as("fragment of %d", fragment.length())
          .isIn(new Opening.Refused(), new Opening.TooSoon(Duration.ofSeconds(2)));
      ward.turn(Duration.ofHours(2));
    }
    assertThat(ward.tryFresh(open, open.passcode())).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void everyTryAtAKnownLinkIsWrittenDownSoThatNoneIsFaster() throws IOException {
    Made.Link link = ward.link(FIRST);
    Opening.Opened opened = ward.opened(link);
    String before = ward.kept();
    assertThat(ward.tryFresh(link, WRONG)).isEqualTo(new Opening.Refused()); // another device
    String apart = ward.kept();
    assertThat(apart).isNotEqualTo(before);
    at(HOME, link, Optional.of(opened.device()), WRONG);
    String wrong = ward.kept();
    assertThat(wrong).isNotEqualTo(apart);
    ward.turn(Duration.ofDays(8));
    ward.tryFresh(link, link.passcode());
    assertThat(ward.kept()).isNotEqualTo(wrong);
  }

  @Test
  void aSessionEndsIdleAfterHoursByDateAndWithARestart() throws IOException {
    Made.Link link = ward.link(FIRST);
    Opening.Opened opened = ward.opened(link);
    ward.turn(Duration.ofMinutes(14));
    assertThat(ward.session(opened)).isPresent();
    ward.turn(Duration.ofMinutes(15));
    assertThat(ward.session(opened)).isEmpty();
    Opening again = at(HOME, link, Optional.of(opened.device()), link.passcode());
    ward.reopen();
    assertThat(ward.session((Opening.Opened) again)).isEmpty();
    Opening third = at(HOME, link, Optional.of(opened.device()), link.passcode());
    ward.turn(Duration.ofMinutes(10));
    assertThat(ward.session((Opening.Opened) third)).isPresent();

    Made.Link last = ward.link(FIRST);
    ward.turn(Duration.ofDays(7).minusMinutes(5));
    Opening.Opened late = ward.opened(last);
    assertThat(ward.session(late)).isPresent();
    ward.turn(Duration.ofMinutes(5));
    assertThat(ward.session(late)).isEmpty();
  }

  @Test
  void aSessionOfOneLinkIsNoneOfAnother() throws IOException {
    Made.Link one = ward.link(FIRST);
    Made.Link other = ward.link(ShareWard.OF_ANOTHER);
    Opening.Opened opened = ward.opened(one);
    assertThat(ward.sharing.door().session(HOME, other.id(), opened.session())).isEmpty();
    assertThat(ward.sharing.door().session(HOME, "", opened.session())).isEmpty();
    assertThat(ward.session(opened)).isPresent();
  }

  @Test
  void whoIsFinishedClosesTheSessionAndNotTheLink() throws IOException {
    Made.Link link = ward.link(FIRST);
    Opening.Opened opened = ward.opened(link);
    ward.sharing.door().close(ward.session(opened).orElseThrow(), opened.session());
    assertThat(ward.session(opened)).isEmpty();
    assertThat(at(HOME, link, Optional.of(opened.device()), link.passcode()))
        .isInstanceOf(Opening.Opened.class);
  }

  @Test
  void refusalsAreInTheTrailByTheLinksPublicPart() throws IOException {
    Made.Link link = ward.link(FIRST);
    ward.tryFresh(link, WRONG);
    assertThat(ward.ward.refused)
        .anyMatch(entry -> entry.equals("share " + link.id() + " refused: wrong passcode"));
    assertThat(String.join(" ", ward.ward.refused))
        .doesNotContain(WRONG)
        .doesNotContain(link.fragment().substring(33));
  }
}
