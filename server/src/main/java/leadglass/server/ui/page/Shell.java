package leadglass.server.ui.page;

import java.util.List;
import java.util.Optional;

/// What stands around every page.
///
/// @param banner a line above everything; empty for none
/// @param strips lines above everything, the worst first
/// @param chip what stands on every page as long as it is so; empty: nothing does
/// @param site name of the site; empty before set-up
/// @param who is signed in, if anybody
/// @param menu what their role may use
/// @param typed what stands in the search box
/// @param assets first part of the addresses of style sheets and scripts
public record Shell(
    String banner,
    List<Strip> strips,
    Optional<Chip> chip,
    String site,
    Optional<Who> who,
    List<Entry> menu,
    boolean mayFind,
    String typed,
    Theme theme,
    String assets) {

  public Shell {
    strips = List.copyOf(strips);
  }

  /// A line that announces something.
  ///
  /// @param bad whether somebody has to act, not only to know
  /// @param address of the page about it; empty for who has none
  public record Strip(boolean bad, String words, String address) {}

  /// A few words that go when what they tell of is over.
  ///
  /// @param address of the page about it; empty for who has none
  public record Chip(String words, String address) {}

  /// A line of the menu.
  ///
  /// @param icon name of a symbol in icons.jte
  /// @param key pressed after G
  public record Entry(String address, String label, String icon, String key) {}

  /// The person signed in.
  ///
  /// @param others further roles they could wear
  public record Who(String name, Hat hat, List<Hat> others) {
    public String initials() {
      return name.codePoints()
          .filter(Character::isLetterOrDigit)
          .limit(2)
          .map(Character::toUpperCase)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
  }

  public String asset(String name) {
    return assets + "/" + name;
  }
}
