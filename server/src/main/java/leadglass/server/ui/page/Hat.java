package leadglass.server.ui.page;

import leadglass.archive.Role;

/// A role in words.
///
/// @param word as in a form
/// @param may one sentence: what somebody in this role can do and see
public record Hat(String word, String label, String may) {

  public static Hat of(Role role) {
    return switch (role) {
      case ADMINISTRATOR ->
          new Hat(
              role.word(),
              "Administrator",
              "You look after people, devices and the state of the archive. You see no images.");
      case RADIOLOGIST ->
          new Hat(
              role.word(),
              "Radiologist",
              "You find, read and share every study of this site, and send studies in.");
      case TECHNOLOGIST ->
          new Hat(
              role.word(),
              "Technologist",
              "You send studies in, see and open those of today, and put right what was filed"
                  + " wrongly on any day.");
      case FRONT_DESK ->
          new Hat(
              role.word(),
              "Front desk",
              "You see the list of today and small previews, send studies in, and share those of"
                  + " today.");
      case REFERRER ->
          new Hat(
              role.word(),
              "Referrer",
              "You will see studies that name you or were shared with you. This version cannot link"
                  + " them to you yet, so there is nothing to see.");
      case AUDITOR ->
          new Hat(
              role.word(),
              "Auditor",
              "You will read the access log here. This version records every access, but has no"
                  + " page and no command to read the log yet. You see no images.");
      case WITNESS ->
          new Hat(
              role.word(),
              "Witness",
              "You confirm what needs a second person, such as a patient's erasure. You see no"
                  + " images.");
    };
  }
}
