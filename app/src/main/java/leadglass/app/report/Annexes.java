package leadglass.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.app.report.Sheet.Block;
import leadglass.app.report.Sheet.Cell;
import leadglass.app.report.Sheet.Heading;
import leadglass.app.report.Sheet.Paragraph;
import leadglass.app.report.Sheet.Table;
import leadglass.archive.SecurityFacts;

/// Who and what the findings are about, by name.
final class Annexes {
  private Annexes() {}

  static List<Block> of(SecurityFacts facts) {
    List<Block> blocks = new ArrayList<>();
    table(
        blocks,
        "People",
        List.of("Account", "Roles", "Proved by", "Last sign-in"),
        List.of(24, 30, 26, 20),
        facts.people().stream()
            .map(each ->
                List.of(
                    each.name() + (each.enabled() ? "" : " (disabled)"),
                    roles(each),
                    factors(each),
                    day(each.lastSignInMillis(), "never")))
            .toList());
    table(
        blocks,
        "Devices",
        List.of("AE title", "Answered for by", "State", "Certificate or lane ends"),
        List.of(24, 30, 20, 26),
        facts.devices().stream()
            .map(each ->
                List.of(
                    each.aeTitle(),
                    each.owner().isEmpty() ? "nobody" : each.owner(),
                    (each.lane() ? "lane, " : "") + each.state().replace('-', ' '),
                    day(each.endsMillis(), "not seen yet")))
            .toList());
    table(
        blocks,
        "Register of duty",
        List.of("What", "Answered for by", "Amiss"),
        List.of(44, 28, 28),
        facts.duty().stream()
            .map(each ->
                List.of(
                    each.what(), each.owner().isEmpty() ? "nobody" : each.owner(), each.wrong()))
            .toList());
    blocks.add(new Heading(3, "Keys, copies, rules"));
    facts.whole().ifPresent(whole -> blocks.add(new Paragraph(places(whole))));
    blocks.add(
        new Paragraph(
            facts.lifecycle().retention().isEmpty()
                ? "Rules of retention: none."
                : "Rules of retention: " + String.join("; ", facts.lifecycle().retention()) + "."));
    if (!facts.blocks().isEmpty()) {
      blocks.add(
          new Paragraph(
              "Nothing may listen on a public address: "
                  + String.join("; ", facts.blocks())
                  + "."));
    }
    return blocks;
  }

  private static String places(SecurityFacts.Whole whole) {
    SecurityFacts.Holdings now = whole.holdings();
    return "Master key: "
        + whole.key().place()
        + ". Backups to: "
        + (whole.copies().places().isEmpty()
            ? "nowhere"
            : String.join(", ", whole.copies().places()))
        + ". Held: "
        + Days.count(now.studies(), "study", "studies")
        + ", "
        + Days.count(now.instances(), "instance", "instances")
        + ".";
  }

  private static void table(
      List<Block> blocks,
      String name,
      List<String> columns,
      List<Integer> widths,
      List<List<String>> rows) {
    blocks.add(new Heading(3, name));
    if (rows.isEmpty()) {
      blocks.add(new Paragraph("None."));
      return;
    }
    blocks.add(
        new Table(
            name,
            columns,
            widths,
            rows.stream().map(row -> row.stream().map(Cell::of).toList()).toList()));
  }

  private static String day(Optional<Long> millis, String otherwise) {
    return millis.map(Days::day).orElse(otherwise);
  }

  private static String roles(SecurityFacts.Person person) {
    return person.roles().isEmpty()
        ? "none"
        : String.join(", ", person.roles())
            + (person.provisional().isEmpty()
                ? ""
                : " (not confirmed: " + String.join(", ", person.provisional()) + ")");
  }

  private static String factors(SecurityFacts.Person person) {
    List<String> words = new ArrayList<>();
    if (person.passkey()) {
      words.add("passkey");
    } else if (person.twoFactors()) {
      words.add("password and code");
    }
    if (person.provider()) {
      words.add("identity provider");
    }
    if (person.recoveryCodes()) {
      words.add("recovery codes");
    }
    return words.isEmpty() ? "nothing yet" : String.join(", ", words);
  }
}
