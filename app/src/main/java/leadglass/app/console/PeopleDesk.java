package leadglass.app.console;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Duty;
import leadglass.archive.Invites;
import leadglass.archive.People;
import leadglass.archive.Recoveries;
import leadglass.archive.Role;
import leadglass.archive.Roles;

/// Does what commands ask about people, their roles, and who answers for what.
final class PeopleDesk {
  private final Archive archive;

  PeopleDesk(Archive archive) {
    this.archive = archive;
  }

  Reply serve(Caller console, Request request) throws IOException {
    String name = request.word("name");
    return switch (request.act()) {
      case "user invite" -> invite(console, request);
      case "user uninvite" -> LifecycleDesk.reply(archive.invites().takeBack(console, name));
      case "user list" -> list(console);
      case "user disable" -> done(archive.people().disable(console, name));
      case "user sign-out" -> done(archive.people().signOut(console, name));
      case "user readmit" -> done(archive.providers().readmit(console, name));
      case "user recover" -> recover(console, request);
      case "user give" -> give(console, request);
      case "user take" -> take(console, request);
      case "duty list" -> duty(console);
      case "duty set" -> assign(console, request);
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private static Reply done(Optional<String> rule) {
    return rule.map(r -> Reply.no(r, "")).orElseGet(() -> Reply.done(Map.of("done", true)));
  }

  private static Reply noRole() {
    List<String> words = EnumSet.allOf(Role.class).stream().map(Role::word).toList();
    return Reply.usage("there is no such role", "roles: " + String.join(", ", words));
  }

  private static Optional<Set<Role>> roles(String words) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words.split(",", -1)) {
      Optional<Role> role = Role.of(word.strip());
      if (role.isEmpty()) {
        return Optional.empty();
      }
      roles.add(role.get());
    }
    return Optional.of(roles);
  }

  private Reply invite(Caller console, Request request) throws IOException {
    Optional<Set<Role>> roles = roles(request.word("role"));
    if (roles.isEmpty()) {
      return noRole();
    }
    return switch (archive.invites().invite(console, request.word("name"), roles.get())) {
      case Invites.Made.Link link -> Reply.done(link(link));
      case Invites.Made.Refused(String rule) -> Reply.no(rule, "");
    };
  }

  private static Map<String, Object> link(Invites.Made.Link link) {
    return Map.of("name", link.name(), "secret", link.secret(), "ends", moment(link.endsMillis()));
  }

  private static String moment(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private Reply list(Caller console) {
    List<Map<String, Object>> people = new ArrayList<>();
    for (People.Account account : archive.people().list(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("name", account.name());
      words.put("roles", words(account.roles()));
      words.put("unconfirmedRoles", words(account.provisional()));
      words.put("enabled", account.enabled());
      words.put("factors", account.factors().stream().sorted().map(People.Factor::words).toList());
      words.put("lastSignIn", account.lastSignInMillis().map(PeopleDesk::moment).orElse(""));
      people.add(words);
    }
    List<Map<String, Object>> invited = new ArrayList<>();
    for (Invites.Open open : archive.invites().list(console)) {
      invited.add(
          Map.of(
              "name",
              open.name(),
              "roles",
              words(open.roles()),
              "by",
              open.by(),
              "ends",
              moment(open.endsMillis())));
    }
    return Reply.done(Map.of("people", people, "invited", invited));
  }

  private static List<String> words(Set<Role> roles) {
    return roles.stream().map(Role::word).sorted().toList();
  }

  private Reply recover(Caller console, Request request) throws IOException {
    String name = request.word("name");
    Recoveries.Outcome outcome =
        request.word("first").isEmpty()
            ? archive.recoveries().recover(console, name)
            : archive
                .recoveries()
                .recover(console, name, request.word("first"), request.word("second"));
    return switch (outcome) {
      case Recoveries.Outcome.Link(Invites.Made.Link link) -> Reply.done(link(link));
      case Recoveries.Outcome.Waits(Optional<Long> due) ->
          Reply.no(
              due.map(at -> "there is no other administrator, so it waits until " + moment(at))
                  .orElse("it waits for an administrator to confirm it on the page /second-person"),
              "everybody is told; type the same command again then");
      case Recoveries.Outcome.Refused(String rule) -> Reply.no(rule, "");
    };
  }

  private Reply give(Caller console, Request request) throws IOException {
    Optional<Role> role = Role.of(request.word("role"));
    if (role.isEmpty()) {
      return noRole();
    }
    return switch (archive.roles().give(console, request.word("name"), role.get())) {
      case Roles.Given.Done(Optional<Long> ends) ->
          Reply.done(Map.of("ends", ends.map(PeopleDesk::moment).orElse("")));
      case Roles.Given.Waits(Optional<Long> due) ->
          Reply.no(
              due.map(at ->
                      "they administer, and there is no other administrator: it is theirs "
                          + moment(at)
                          + " unless it is taken back")
                  .orElse(
                      "they administer: another administrator has to confirm it on the page"
                          + " /second-person"),
              "everybody is told");
      case Roles.Given.Refused(String rule) -> Reply.no(rule, "");
    };
  }

  private Reply take(Caller console, Request request) throws IOException {
    Optional<Role> role = Role.of(request.word("role"));
    return role.isEmpty()
        ? noRole()
        : done(archive.roles().take(console, request.word("name"), role.get()));
  }

  private Reply duty(Caller console) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Duty.Row row : archive.duty().rows(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("what", row.what());
      words.put("owner", row.owner());
      words.put("wrong", row.wrong());
      words.put("act", row.act());
      rows.add(words);
    }
    return Reply.done(Map.of("duty", rows, "blocks", blocks(archive.duty().blocks())));
  }

  /// What stands against a public address.
  static List<Map<String, Object>> blocks(List<Duty.Block> blocks) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Duty.Block block : blocks) {
      all.add(Map.of("why", block.why(), "act", block.act()));
    }
    return all;
  }

  private Reply assign(Caller console, Request request) throws IOException {
    Optional<Duty.Post> post = Duty.Post.of(request.word("post"));
    return post.isEmpty()
        ? Reply.usage("there is no such thing to answer for", "backup, key or shares")
        : done(
            archive
                .duty()
                .assign(console, post.get(), request.word("place"), request.word("owner")));
  }
}
