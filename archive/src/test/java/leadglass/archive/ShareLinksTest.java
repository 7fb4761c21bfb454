package leadglass.archive;

import static leadglass.archive.ShareWard.FIRST;
import static leadglass.archive.ShareWard.FRED;
import static leadglass.archive.ShareWard.OF_ANOTHER;
import static leadglass.archive.ShareWard.OF_TODAY;
import static leadglass.archive.ShareWard.RECIPIENT;
import static leadglass.archive.ShareWard.RITA;
import static leadglass.archive.ShareWard.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.ShareLinks.Made;
import leadglass.archive.ShareLinks.State;
import leadglass.dicom.data.DataSet;
import org.junit.jupiter.api.Test;

/// Links as those see them who make, list and stop them.
class ShareLinksTest {
  private final ShareWard ward = new ShareWard();

  ShareLinksTest() throws IOException {}

  @Test
  void aLinkAndItsPasscodeCannotBeGuessedAndNeitherIsKept() throws IOException {
    Made.Link link = ward.link(FIRST);
    assertThat(link.fragment()).matches("[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}");
    assertThat(link.passcode()).matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");
    assertThat(ward.link(FIRST).passcode()).isNotEqualTo(link.passcode());
    String kept = ward.kept();
    assertThat(kept)
        .contains(link.id())
        .doesNotContain(link.fragment().substring(33))
        .doesNotContain(link.passcode())
        .doesNotContain(link.passcode().replace("-", ""));
    assertThat(ward.ward.written.toString())
        .doesNotContain(link.fragment().substring(33))
        .doesNotContain(link.passcode());
    assertThat(link.toString()).isEqualTo("Link[]");
    assertThat(link.endsMillis() - ward.ward.clock.millis()).isEqualTo(7 * 86_400_000L);
  }

  @Test
  void onlyARadiologistAndTheFrontDeskShareAndTheFrontDeskStudiesOfToday() throws IOException {
    assertThat(ward.make(RITA, FIRST)).isInstanceOf(Made.Link.class);
    assertThat(ward.make(FRED, OF_TODAY)).isInstanceOf(Made.Link.class);
    assertThat(ward.make(FRED, FIRST)).isEqualTo(new Made.NotThere());
    for (Role role : EnumSet.complementOf(EnumSet.of(Role.RADIOLOGIST, Role.FRONT_DESK))) {
      Caller other = Ward.person("theo", role);
      assertThat(ward.make(other, OF_TODAY)).as(role.word()).isEqualTo(new Made.NotThere());
      assertThat(ward.sharing.links().shareable(other, OF_TODAY)).as(role.word()).isEmpty();
    }
    assertThat(ward.make(Ward.CONSOLE, OF_TODAY)).isEqualTo(new Made.NotThere());
    Caller token =
        new Caller.Program(
            "t1",
            "rita",
            Set.of(Role.RADIOLOGIST),
            EnumSet.allOf(Caller.Scope.class),
            ShareWard.HOME);
    assertThat(ward.make(token, FIRST)).isEqualTo(new Made.NotThere());
  }

  @Test
  void aLinkGivesStudiesOfOnePatientThatAreThere() throws IOException {
    assertThat(ward.make(RITA)).isInstanceOf(Made.Refused.class);
    assertThat(ward.make(RITA, FIRST, OF_ANOTHER)).isInstanceOf(Made.Refused.class);
    assertThat(ward.make(RITA, FIRST, new leadglass.dicom.data.Uid("2.25.99")))
        .isEqualTo(new Made.NotThere());
    assertThat(ward.kept()).isEmpty();
    assertThat(ward.sharing.links().shareable(RITA, FIRST)).extracting(DataSet::size).hasSize(2);
    assertThat(ward.sharing.links().shareable(FRED, FIRST)).isEmpty();
  }

  @Test
  void aLinkHasARecipientAPurposeAndAnEnd() throws IOException {
    for (ShareLinks.Wanted wrong :
        List.of(
            new ShareLinks.Wanted(List.of(FIRST), " ", "why", ShareLinks.USUAL, false),
            new ShareLinks.Wanted(List.of(FIRST), "a\nb", "why", ShareLinks.USUAL, false),
            new ShareLinks.Wanted(List.of(FIRST), "x".repeat(101), "why", ShareLinks.USUAL, false),
            new ShareLinks.Wanted(List.of(FIRST), RECIPIENT, "", ShareLinks.USUAL, false),
            new ShareLinks.Wanted(List.of(FIRST), RECIPIENT, "Zoë's CT", ShareLinks.USUAL, false),
            new ShareLinks.Wanted(List.of(FIRST), RECIPIENT, "why", Duration.ZERO, false),
            new ShareLinks.Wanted(List.of(FIRST), RECIPIENT, "why", Duration.ofDays(91), false))) {
      assertThat(ward.sharing.links().make(RITA, wrong)).isInstanceOf(Made.Refused.class);
    }
  }

  @Test
  void aRecipientOfThePatientsNameIsInTheTrailAndNotInTheRegistry() throws IOException {
    ShareLinks.Wanted toHer =
        new ShareLinks.Wanted(List.of(FIRST), "Zoë Fiction", "her own", ShareLinks.USUAL, false);
    assertThat(ward.sharing.links().make(RITA, toHer)).isInstanceOf(Made.Link.class);
    assertThat(ward.kept()).doesNotContain("Fiction");
    assertThat(ward.sharing.links().list(RITA).getFirst().recipientWords())
        .isEqualTo(ShareLinks.SAME_NAME);
  }

  @Test
  void aLinkIsStoppedByWhoeverMadeItAndByAdministrators() throws IOException {
    Made.Link link = ward.link(FIRST);
    ShareDoor.Opening.Opened opened = ward.opened(link);
    assertThat(ward.sharing.links().revoke(FRED, link.id())).isEqualTo(new Ruling.NotThere());
    assertThat(ward.sharing.links().revoke(Ward.WITNESS, link.id()))
        .isEqualTo(new Ruling.NotThere());
    assertThat(ward.sharing.links().revoke(RITA, "none")).isEqualTo(new Ruling.NotThere());
    assertThat(ward.session(opened)).isPresent();
    assertThat(ward.sharing.links().revoke(RITA, link.id())).isEqualTo(new Ruling.Done(link.id()));
    assertThat(ward.session(opened)).isEmpty();
    assertThat(ward.state(link)).isEqualTo(State.STOPPED);
    assertThat(ward.sharing.links().revoke(RITA, link.id())).isInstanceOf(Ruling.Refused.class);
    Made.Link other = ward.link(FIRST);
    assertThat(ward.sharing.links().revoke(Ward.CONSOLE, other.id()))
        .isEqualTo(new Ruling.Done(other.id()));
    assertThat(ward.state(other)).isEqualTo(State.STOPPED);
  }

  @Test
  void administratorsSeeLinksAndNotWhoseStudiesTheyAre() throws IOException {
    Made.Link link = ward.link(FIRST, SECOND);
    ShareLinks.Share seen = ward.sharing.links().list(Ward.ADMINISTRATOR).getFirst();
    assertThat(seen.id()).isEqualTo(link.id());
    assertThat(seen.recipient()).isEqualTo(RECIPIENT);
    assertThat(seen.by()).isEqualTo("rita");
    assertThat(seen.mayStop()).isTrue();
    assertThat(seen.studies()).containsExactly(DataSet.EMPTY, DataSet.EMPTY);
    assertThat(ward.sharing.links().list(Ward.CONSOLE)).hasSize(1);
    assertThat(ward.sharing.links().list(FRED)).isEmpty();
    assertThat(ward.sharing.links().list(Ward.WITNESS)).isEmpty();
    assertThat(ward.sharing.links().list(RITA).getFirst().studies())
        .allMatch(study -> study.size() > 0);
  }

  @Test
  void whatWorksOfAPatientsIsToldByTheirStudies() throws IOException {
    Made.Link link = ward.link(SECOND);
    assertThat(ward.sharing.links().openFor(RITA, new About.Study(FIRST)))
        .extracting(ShareLinks.Share::id)
        .containsExactly(link.id());
    assertThat(ward.sharing.links().openFor(RITA, new About.Study(OF_ANOTHER))).isEmpty();
    ward.sharing.links().revoke(RITA, link.id());
    assertThat(ward.sharing.links().openFor(RITA, new About.Patient("", "ID-1"))).isEmpty();
  }

  @Test
  void aDisabledMakersLinksEndAndStayEnded() throws IOException {
    Made.Link link = ward.link(FIRST);
    ShareDoor.Opening.Opened opened = ward.opened(link);
    assertThat(ward.identities.people().disable(Ward.CONSOLE, "rita")).isEmpty();
    assertThat(ward.session(opened)).isEmpty();
    assertThat(ward.state(link)).isEqualTo(State.MAKER_GONE);
    assertThat(ward.session(opened)).isEmpty();
    assertThat(ward.tryFresh(link, link.passcode())).isEqualTo(new ShareDoor.Opening.Refused());
  }

  @Test
  void aStudyThatIsDeletedOrMovedLeavesForGood() throws IOException {
    Made.Link link = ward.link(FIRST, SECOND);
    ShareDoor.Opening.Opened opened = ward.opened(link);
    assertThat(ShareWard.reached(ward.session(opened))).containsExactlyInAnyOrder(FIRST, SECOND);
    String deleted =
        Ward.name(ward.ward.rules.deletions().delete(Ward.TECHNOLOGIST, FIRST, "wrong"));
    assertThat(ShareWard.reached(ward.session(opened))).containsExactly(SECOND);
    ward.ward.rules.deletions().bringBack(Ward.TECHNOLOGIST, deleted);
    assertThat(ShareWard.reached(ward.session(opened))).containsExactly(SECOND);
    String moved =
        Ward.name(
            ward.ward
                .rules
                .moves()
                .move(Ward.TECHNOLOGIST, SECOND, new Moves.Target.Known("", "ID-2"), "hers"));
    assertThat(ward.session(opened)).isEmpty();
    ward.ward.rules.moves().undo(Ward.TECHNOLOGIST, moved, "not hers");
    assertThat(ward.session(opened)).isEmpty();
    assertThat(ward.state(link)).isEqualTo(State.STUDIES_GONE);
    assertThat(ward.tryFresh(link, link.passcode())).isEqualTo(new ShareDoor.Opening.Refused());
  }

  @Test
  void whatEndedIsWrittenDownAndForgottenAfterNinetyDays() throws IOException {
    Made.Link link = ward.link(FIRST);
    ward.sharing.sweep();
    assertThat(ward.state(link)).isEqualTo(State.OPEN);
    ward.turn(Duration.ofDays(7));
    assertThat(ward.state(link)).isEqualTo(State.ENDED);
    ward.sharing.sweep();
    assertThat(ward.ward.written)
        .anyMatch(entry -> entry.contains("share " + link.id() + " ended: its time is over"));
    ward.turn(Duration.ofDays(91));
    ward.sharing.sweep();
    assertThat(ward.kept()).isEmpty();
  }

  @Test
  void aRestoreEndsEveryLink() throws IOException {
    Made.Link link = ward.link(FIRST);
    AfterRestore.Done done = AfterRestore.apply(ward.ward.registry, Optional.empty(), List.of());
    assertThat(done.ended()).isPositive();
    ward.reopen();
    assertThat(ward.kept()).isEmpty();
    assertThat(ward.tryFresh(link, link.passcode())).isEqualTo(new ShareDoor.Opening.Refused());
  }

  @Test
  void makingOpeningAndStoppingAreInTheTrailOfEachStudy() throws IOException {
    Made.Link link = ward.link(FIRST, SECOND);
    ward.opened(link);
    ward.sharing.links().revoke(RITA, link.id());
    for (String what : List.of("made", "opened", "stopped")) {
      assertThat(ward.ward.written)
          .filteredOn(entry -> entry.contains("share " + link.id() + " " + what))
          .as(what)
          .hasSize(2)
          .allMatch(entry -> entry.startsWith("SHARED "));
    }
    assertThat(ward.ward.written)
        .filteredOn(entry -> entry.contains("opened"))
        .allMatch(entry -> entry.startsWith("SHARED share " + link.id()));
  }
}
