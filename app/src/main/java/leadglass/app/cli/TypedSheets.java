package leadglass.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.app.Failure;
import leadglass.archive.EscrowSheet;

/// Recovery sheets from files, or from standard input one after the other.
final class TypedSheets {
  private static final int BYTES_MAX = 16 << 10;
  private static final Pattern GROUP = Pattern.compile("\\b[0-9A-Za-z]{4}\\b");
  private static final Pattern NUMBER = Pattern.compile("\\b\\d{1,2}[.:)]");

  private TypedSheets() {}

  /// One text per sheet.
  static List<String> read(List<Path> files) throws Failure {
    try {
      List<String> sheets = new ArrayList<>();
      for (Path file : files) {
        if (Files.size(file) > BYTES_MAX) {
          throw new Failure(Failure.USAGE, file + " is too long for a sheet", "one sheet a file");
        }
        sheets.add(Files.readString(file));
      }
      return files.isEmpty()
          ? split(new String(System.in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8))
          : sheets;
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, "a sheet can't be read", "name files with --sheet");
    }
  }

  /// Two of three, if there are as many groups; else what is there.
  private static List<String> split(String typed) {
    List<String> groups = new ArrayList<>();
    Matcher group = GROUP.matcher(NUMBER.matcher(typed).replaceAll(" "));
    while (group.find()) {
      groups.add(group.group());
    }
    int one = EscrowSheet.GROUPS;
    return groups.size() == EscrowSheet.NEEDED * one
        ? List.of(
            String.join(" ", groups.subList(0, one)),
            String.join(" ", groups.subList(one, groups.size())))
        : List.of(typed);
  }
}
