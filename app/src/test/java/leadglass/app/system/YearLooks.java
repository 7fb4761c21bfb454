package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.archive.Role;

/// Looks at studies by people and programs, and what the script expects of them: its own table of
/// who may what, not the archive's.
final class YearLooks {
  private final YearClinic clinic;
  private final Map<Role, YearPerson> people;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);

  /// Studies that the referrer was given.
  final Set<String> referred = new HashSet<>();

  /// What is asked of a study.
  enum Ask {
    LIST("/series", "find", Act.SEARCHED),
    DESCRIPTION("/metadata", "retrieve", Act.DESCRIBED),
    FRAME("/series/SERIES/instances/INSTANCE/frames/1", "retrieve", Act.RETRIEVED),
    FILES("", "download", Act.RETRIEVED),
    PREVIEW("/thumbnail", "preview", Act.PREVIEWED);

    private final String path;
    private final String verb;
    private final Act act;

    Ask(String path, String verb, Act act) {
      this.path = path;
      this.verb = verb;
      this.act = act;
    }

    Act act() {
      return act;
    }

    String path(Made study) {
      return "/dicomweb/studies/"
          + study.study()
          + path.replace("SERIES", study.series()).replace("INSTANCE", study.instance());
    }
  }

  private enum May {
    NEVER,
    TODAY,
    GIVEN,
    ALWAYS
  }

  YearLooks(YearClinic clinic, Map<Role, YearPerson> people) {
    this.clinic = clinic;
    this.people = people;
  }

  YearPerson person(Role role) {
    return Objects.requireNonNull(people.get(role));
  }

  /// The console makes one, its owner confirms it: it lasts for the year.
  void token(Role role) throws IOException {
    String secret =
        clinic
            .console(
                0,
                "token",
                "create",
                "--user",
                role.word(),
                "--scope",
                "read,write,audit",
                "--ttl",
                "366d")
            .strip();
    tokens.put(role, secret);
    clinic.ledger.done(
        YearClinic.consoleUser(),
        "token made: " + role.word() + "/" + id(role) + " [READ, WRITE, AUDIT]");
    String cookie = person(role).byPasskey();
    clinic.posted(303, cookie, "/account/tokens/" + id(role) + "/keep");
    clinic.ledger.done(person(role).who, "token confirmed by its owner: " + id(role));
  }

  String secret(Role role) {
    return Objects.requireNonNull(tokens.get(role));
  }

  /// Its public part.
  String id(Role role) {
    return secret(role).split("_", -1)[1];
  }

  YearEntry.Who program(Role role) {
    return new YearEntry.Who("program", role.word() + "/" + id(role), "", Origin.Door.DICOMWEB);
  }

  private static May may(Role role, Ask ask) {
    return switch (role) {
      case RADIOLOGIST -> May.ALWAYS;
      case TECHNOLOGIST -> May.TODAY;
      case FRONT_DESK -> ask == Ask.LIST || ask == Ask.PREVIEW ? May.TODAY : May.NEVER;
      case REFERRER -> May.GIVEN;
      case ADMINISTRATOR, AUDITOR, WITNESS -> May.NEVER;
    };
  }

  /// @param cookie of a session; empty: by the role's token
  void look(Role role, String cookie, Ask ask, Made study, boolean today) throws IOException {
    String path = ask.path(study);
    HttpResponse<byte[]> answer =
        cookie.isEmpty()
            ? clinic.byToken(secret(role), path, "*/*")
            : clinic.get(cookie, path, "*/*");
    May may = may(role, ask);
    boolean reached =
        may == May.ALWAYS
            || (may == May.TODAY && today)
            || (may == May.GIVEN && referred.contains(study.study()));
    YearEntry.Who who =
        cookie.isEmpty() ? program(role) : person(role).who.at(Origin.Door.DICOMWEB);
    String whom = cookie.isEmpty() ? role.word() : "";
    if (may == May.NEVER) {
      assertThat(answer.statusCode()).as(role + " " + path).isEqualTo(403);
      clinic.ledger.refused(who, "refused at the door: " + ask.verb);
    } else if (ask == Ask.LIST) {
      assertThat(answer.statusCode()).as(role + " " + path).isIn(200, 204);
      clinic.ledger.listed(who, study.study(), reached ? 1 : 0, "", whom);
    } else {
      assertThat(answer.statusCode()).as(role + " " + path).isEqualTo(reached ? 200 : 404);
      if (reached) {
        clinic.ledger.touch(who, ask.act(), study.study(), "", "", whom);
      }
    }
  }

  /// All that there is to ask of one study.
  void all(Role role, String cookie, Made study, boolean today) throws IOException {
    for (Ask ask : Ask.values()) {
      look(role, cookie, ask, study, today);
    }
  }
}
