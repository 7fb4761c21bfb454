package leadglass.app.console;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Tokens;

/// Does what commands ask about tokens.
final class TokenDesk {
  private final Archive archive;

  TokenDesk(Archive archive) {
    this.archive = archive;
  }

  Reply serve(Caller console, Request request) throws IOException {
    return switch (request.act()) {
      case "token create" -> create(console, request);
      case "token list" -> list(console);
      case "token revoke" ->
          LifecycleDesk.reply(archive.tokens().revoke(console, request.word("id")));
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply create(Caller console, Request request) throws IOException {
    EnumSet<Caller.Scope> scopes = EnumSet.noneOf(Caller.Scope.class);
    for (String word : request.word("scope").split(",", -1)) {
      switch (word.strip()) {
        case "read" -> scopes.add(Caller.Scope.READ);
        case "write" -> scopes.add(Caller.Scope.WRITE);
        case "audit" -> scopes.add(Caller.Scope.AUDIT);
        case "witness" -> scopes.add(Caller.Scope.WITNESS);
        default -> {
          return Reply.usage(
              "there is no such scope",
              "scopes: read, write, audit, or several, such as read,write; or witness");
        }
      }
    }
    Duration ttl = Duration.ofSeconds(Long.parseLong(request.word("ttl-seconds")));
    List<About.Patient> patients =
        request
            .word("patients")
            .lines()
            .map(id -> new About.Patient(request.word("issuer"), id))
            .toList();
    return switch (archive.tokenFor(console, request.word("user"), scopes, patients, ttl)) {
      case Tokens.Made.Token(var secret, var ends, var toConfirm) ->
          Reply.done(
              Map.of(
                  "token",
                  secret,
                  "ends",
                  Instant.ofEpochMilli(ends).toString(),
                  "toConfirm",
                  toConfirm));
      case Tokens.Made.Refused(var rule) -> Reply.no(rule, "");
    };
  }

  private Reply list(Caller console) {
    List<Map<String, Object>> tokens = new ArrayList<>();
    for (Tokens.Token token : archive.tokens().list(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("id", token.id());
      words.put("user", token.owner());
      words.put(
          "scopes",
          token.scopes().stream()
              .map(scope -> scope.name().toLowerCase(Locale.ROOT))
              .sorted()
              .toList());
      words.put("ends", LifecycleDesk.moment(token.endsMillis()));
      words.put("endsIfConfirmed", token.wantedMillis().map(LifecycleDesk::moment).orElse(""));
      words.put("state", token.state().name().toLowerCase(Locale.ROOT));
      tokens.add(words);
    }
    return Reply.done(Map.of("tokens", tokens));
  }
}
