package leadglass.server.ui.page;

import java.util.List;
import leadglass.archive.Devices;

/// What a status page says about devices: nothing, if all is well.
final class DeviceLines {
  private DeviceLines() {}

  static void add(List<StatusPage.Line> lines, Devices.Summary devices) {
    add(
        lines,
        StatusPage.Level.BAD,
        devices.ended(),
        "Certificates that ended",
        "can't send any more: the certificate has ended.",
        "Renew or revoke it under Devices.");
    add(
        lines,
        StatusPage.Level.BAD,
        devices.endSoon(),
        "Certificates that end soon",
        "can't send any more within 30 days.",
        "Renew it under Devices: what it has stays good for a week.");
    add(
        lines,
        StatusPage.Level.WARN,
        devices.keysLaid(),
        "Keys left behind",
        "has its key lying in clear in a folder on this PC for more than a day.",
        "Move the folder onto the device and delete it here; Devices says where it is.");
    add(
        lines,
        StatusPage.Level.WARN,
        devices.unnamed(),
        "Devices of nobody",
        "has nobody who answers for it.",
        "Name somebody: leadglass device set AETITLE --owner NAME.");
  }

  private static void add(
      List<StatusPage.Line> lines,
      StatusPage.Level level,
      int count,
      String what,
      String state,
      String act) {
    if (count > 0) {
      String whose = count == 1 ? "1 device " : Amount.of(count, "device") + ": each ";
      lines.add(new StatusPage.Line(level, what, whose + state, act));
    }
  }
}
