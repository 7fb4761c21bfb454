package leadglass.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private static final Plan USUAL = Plan.of(Census.usual(42));

  @Test
  @DisplayName("The usual world has the numbers of the report")
  void usualNumbers() {
    List<Host> open = USUAL.hosts().stream().filter(each -> each.kind().open()).toList();

    assertThat(USUAL.hosts()).hasSize(2_300);
    assertThat(open).hasSize(590);
    assertThat(open).filteredOn(each -> each.country().equals("US")).hasSize(187);
    assertThat(open).extracting(Host::country).doesNotContainNull();
    assertThat(new HashSet<>(open.stream().map(Host::country).toList())).hasSize(52);
    assertThat(USUAL.hosts())
        .filteredOn(each -> each.kind() == Kind.NEVER_ANSWERS)
        .hasSizeGreaterThanOrEqualTo(230);
  }

  @Test
  @DisplayName("In the usual world there are as many hosts of each kind as its share says")
  void sharesAreNumbers() {
    for (Kind kind : Kind.values()) {
      assertThat(USUAL.hosts()).filteredOn(each -> each.kind() == kind).hasSize(kind.share());
    }
  }

  @Test
  @DisplayName("No two hosts have an address, a token or a UID root in common")
  void hostsAreDistinct() {
    List<Host> hosts = USUAL.hosts();

    assertThat(hosts).extracting(Host::address).doesNotHaveDuplicates();
    assertThat(hosts).extracting(each -> each.names().token()).doesNotHaveDuplicates();
    assertThat(hosts).extracting(each -> each.names().uidRoot()).doesNotHaveDuplicates();
    assertThat(hosts)
        .extracting(Host::address)
        .allMatch(each -> each.matches("127\\.(1[6-9]|[2-9]\\d|1[01]\\d|12[0-7])\\..+"))
        .doesNotContainAnyElementsOf(USUAL.traps());
  }

  @Test
  @DisplayName("The same seed makes the same world, another seed another")
  void seeded() {
    assertThat(described(Plan.of(Census.usual(42)))).isEqualTo(described(USUAL));
    assertThat(described(Plan.of(Census.usual(43)))).doesNotContainAnyElementsOf(described(USUAL));
  }

  private static List<String> described(Plan plan) {
    return plan.hosts().stream()
        .map(each -> each.address() + each.kind() + each.names() + each.images())
        .toList();
  }

  @Test
  @DisplayName("A small world has every kind, and a tenth of it never answers")
  void smallWorlds() {
    Plan small = Plan.of(new Census(1, 60, 15, 5, 8, Set.of()));

    assertThat(small.hosts()).hasSize(60);
    assertThat(small.hosts()).extracting(Host::kind).contains(Kind.values());
    assertThat(small.hosts())
        .filteredOn(each -> each.kind() == Kind.NEVER_ANSWERS)
        .hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  @DisplayName("A world with more open hosts than hosts is refused")
  void impossibleNumbers() {
    assertThatThrownBy(() -> new Census(1, 10, 11, 0, 52, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Census(1, 10, 5, 6, 52, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("An archive finds by UID what it lists, and nothing else")
  void archivesFindWhatTheyList() {
    Archive archive =
        USUAL.hosts().stream()
            .map(Host::archive)
            .filter(each -> each.rows() > 3)
            .findFirst()
            .orElseThrow();

    assertThat(archive.find(archive.study(3).uid())).contains(archive.study(3));
    assertThat(archive.find(archive.names().uidRoot() + "999999")).isEmpty();
    assertThat(archive.find("2.25.1")).isEmpty();
    assertThat(archive.images())
        .isGreaterThanOrEqualTo(archive.study(0).images() + archive.study(1).images());
  }

  @Test
  @DisplayName("What scanners call at random is no guess, what products are called is")
  void randomTitles() {
    assertThat(HostVisits.looksRandom("K7QX2MWD4TZR")).isTrue();
    for (String guess :
        List.of(
            "ANY-SCP",
            "DCM4CHEE",
            "ORTHANC",
            "PACS",
            "ARCHIVE",
            "LEADGLASS_CHECK",
            "STORESCP1",
            "AAAAAAAAAAAAAAAA")) {
      assertThat(HostVisits.looksRandom(guess)).as(guess).isFalse();
    }
  }
}
