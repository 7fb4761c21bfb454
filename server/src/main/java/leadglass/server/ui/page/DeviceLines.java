package leadglass.server.ui.page;

import java.util.List;
import leadglass.archive.Devices;
import leadglass.archive.Lanes;

/// What a status page says about devices: nothing, if all is well.
final class DeviceLines {
  private DeviceLines() {}

  static void add(List<StatusPage.Line> lines, Devices.Summary devices) {
    add(
        lines,
        StatusPage.Level.BAD,
        devices.ended(),
        "Certificates that ended",
        "can't send any more, or only into quarantine: the certificate has ended.",
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

  static void add(List<StatusPage.Line> lines, Lanes.Summary lanes) {
    lane(
        lines,
        StatusPage.Level.BAD,
        lanes.ended(),
        "Lanes past their last day",
        "takes images into quarantine alone, and nothing after 14 days.",
        "Give the device a certificate, or the lane another end, under Devices.");
    lane(
        lines,
        StatusPage.Level.BAD,
        lanes.deaf(),
        "Lanes that can't listen",
        "has an address or a port that something else uses, or that is none of this machine's.",
        "Enrol it again on another address: leadglass device add AETITLE --lane --listen IP.");
    lane(
        lines,
        StatusPage.Level.BAD,
        lanes.endSoon(),
        "Lanes that end soon",
        "ends within 30 days.",
        "Give the device a certificate, or the lane another end, under Devices.");
    lane(
        lines,
        StatusPage.Level.WARN,
        lanes.open(),
        "Open lanes",
        "takes images that are not encrypted, from whoever knows its two titles.",
        "Close each as soon as its device has TLS.");
  }

  private static void lane(
      List<StatusPage.Line> lines,
      StatusPage.Level level,
      int count,
      String what,
      String state,
      String act) {
    if (count > 0) {
      String whose = count == 1 ? "1 lane " : Amount.of(count, "lane") + ": each ";
      lines.add(new StatusPage.Line(level, what, whose + state, act));
    }
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
