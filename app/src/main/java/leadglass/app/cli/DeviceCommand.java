package leadglass.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.app.enrol.Enroller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "device",
    description = "Devices: who answers for them and what they may do.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  leadglass device add CT1 --owner 'Ada Poe' --data /srv/images --out ct1",
      "  storescu -R -aet CT1 -aec LEADGLASS +tls ct1/key.pem ct1/cert.pem +cf ct1/ca.pem \\",
      "    localhost 2762 image.dcm"
    })
@SuppressWarnings("NullAway.Init")
final class DeviceCommand implements Runnable {
  @Spec private CommandSpec spec;

  DeviceCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// What a device may do.
  static final class Limits {
    @Option(
        names = "--sop-classes",
        paramLabel = "UID[,UID]",
        description = "Storage SOP classes it may store, or all.")
    private String sopClasses = "";

    @Option(
        names = "--may",
        paramLabel = "VERB[,VERB]",
        description = "What it may do: store, find, retrieve, worklist. Default: store.")
    private String may = "";

    @Option(
        names = "--destination",
        paramLabel = "HOST:PORT",
        description = "Where instances may be sent to it (C-MOVE), over TLS; or none.")
    private String destination = "";

    @Option(
        names = "--reader",
        paramLabel = "NAME",
        description = "The one person who uses it, if nobody signs in there; or none.")
    private String reader = "";

    @Option(
        names = "--hours",
        paramLabel = "HH-HH",
        description = "When it may be here, such as 06-20, or all.")
    private String hours = "";

    Map<String, String> words(String ae, String owner) {
      Map<String, String> words = new LinkedHashMap<>();
      words.put("ae", ae);
      words.put("owner", owner);
      words.put("sop-classes", sopClasses);
      words.put("hours", hours);
      words.put("may", may);
      words.put("destination", destination);
      words.put("reader", reader);
      return words;
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Enrols a device, with a key made here or what it brings along.",
      footer = {
        "",
        "A key made here exists nowhere else: move the folder onto the device and delete it here.",
        "",
        "Examples:",
        "  leadglass device add CT1 --owner 'Ada Poe' --out ct1 --data /srv/images",
        "  leadglass device add CT1 --owner 'Ada Poe' --csr ct1.csr --out cert.pem \\",
        "    --data /srv/images",
        "  leadglass device add CT1 --owner 'Ada Poe' --cert ct1.crt --data /srv/images",
        "  leadglass device add READ1 --owner 'Ada Poe' --may find,retrieve --reader 'Bo Lund' \\",
        "    --destination read1.example:2762 --out read1 --data /srv/images",
        "",
        "A lane, for a device without TLS, takes images and gives none:",
        "  leadglass device add US3 --lane --from 192.168.7.20 --owner 'Ada Poe' \\",
        "    --until 2027-06-01 --data /srv/images"
      })
  int add(
      @Parameters(paramLabel = "AET", description = "The device's AE title.") String ae,
      @Option(
              names = "--owner",
              required = true,
              paramLabel = "NAME",
              description = "The person who answers for it.")
          String owner,
      @Mixin DeviceKeyOptions key,
      @Mixin Limits limits,
      @Mixin LaneOptions lane,
      @Mixin DataOption data)
      throws Failure {
    if (lane.asked()) {
      lane.print(spec, data.ask(Request.of("device lane", lane.words(ae, owner))));
      return 0;
    }
    Map<String, String> words = limits.words(ae, owner);
    words.putAll(key.words());
    String where = key.write(ae, data.ask(Request.of("device add", words)));
    spec.commandLine().getErr().println(ae + " is enrolled." + where);
    return 0;
  }

  @Command(
      name = "renew",
      mixinStandardHelpOptions = true,
      description = "Gives a device another key or certificate.",
      footer = {
        "",
        "What it has stays good for seven days at most, so that there is time to change it.",
        "",
        "Examples:",
        "  leadglass device renew CT1 --out ct1-new --data /srv/images",
        "  leadglass device renew CT1 --csr ct1.csr --out cert.pem --data /srv/images"
      })
  int renew(
      @Parameters(paramLabel = "AET") String ae,
      @Mixin DeviceKeyOptions key,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = key.words();
    words.put("ae", ae);
    String where = key.write(ae, data.ask(Request.of("device renew", words)));
    spec.commandLine()
        .getErr()
        .println(ae + " is renewed; what it had ends within seven days." + where);
    return 0;
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends a device at once; it stays on the list.",
      footer = {
        "",
        "Nothing more is taken from it, and associations that are open end within a minute.",
        "",
        "Example:",
        "  leadglass device revoke CT1 --reason 'sold' --data /srv/images"
      })
  int revoke(
      @Parameters(paramLabel = "AET") String ae,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("device revoke", Map.of("ae", ae, "reason", reason)));
    spec.commandLine().getErr().println(ae + " is revoked.");
    return 0;
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Ends a device and takes it off the list.",
      footer = {"", "Example:", "  leadglass device remove CT1 --data /srv/images"})
  int remove(@Parameters(paramLabel = "AET") String ae, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("device remove", Map.of("ae", ae)));
    spec.commandLine().getErr().println(ae + " is removed.");
    return 0;
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description =
          "Changes who answers for a device, what it may do, or a lane's end; the rest stays.",
      footer = {
        "",
        "Examples:",
        "  leadglass device set CT1 --owner 'Ada Poe' --hours 06-20 --data /srv/images",
        "  leadglass device set READ1 --may find,retrieve --reader 'Bo Lund' --data /srv/images",
        "  leadglass device set US3 --until 2027-09-01 --data /srv/images"
      })
  int set(
      @Parameters(paramLabel = "AET") String ae,
      @Option(names = "--owner", paramLabel = "NAME", defaultValue = "") String owner,
      @Option(
              names = "--until",
              paramLabel = "DATE",
              defaultValue = "",
              description = "Of a lane: its last day, at most 12 months from now.")
          String until,
      @Mixin Limits limits,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = limits.words(ae, owner);
    words.put("until", until);
    data.ask(Request.of("device set", words));
    spec.commandLine().getErr().println(ae + " is changed.");
    return 0;
  }

  @Command(
      name = "invite",
      mixinStandardHelpOptions = true,
      description = "Prints a code by which a device is enrolled from where it stands.",
      footer = {
        "",
        "Good once and for 24 hours. With --owner for a new device, without it to renew one.",
        "",
        "Example:",
        "  leadglass device invite CT1 --owner 'Ada Poe' --data /srv/images"
      })
  int invite(
      @Parameters(paramLabel = "AET") String ae,
      @Option(names = "--owner", paramLabel = "NAME", defaultValue = "") String owner,
      @Mixin Limits limits,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("device invite", limits.words(ae, owner)));
    spec.commandLine().getOut().println(reply.values().get("code"));
    spec.commandLine()
        .getErr()
        .println(
            "Good once, until "
                + reply.values().get("ends")
                + ". On the device: leadglass device enrol HOST:PORT CODE --out DIR");
    return 0;
  }

  @Command(
      name = "enrol",
      mixinStandardHelpOptions = true,
      description = "On the device: makes a key and gets a certificate for it, by a code.",
      footer = {
        "",
        "HOST:PORT is where the archive's pages are. The key never leaves this machine; the code"
            + " is",
        "sent only after the archive has shown that it is the one the code was made by.",
        "",
        "Example:",
        "  leadglass device enrol archive.example:8443 - --out ct1"
      })
  int enrol(
      @Parameters(paramLabel = "HOST:PORT") String address,
      @Parameters(
              paramLabel = "CODE",
              description = "As device invite printed it; - to be asked for it.")
          String code,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description = "A folder for key.pem, cert.pem and ca.pem.")
          Path folder)
      throws Failure {
    DeviceFiles.check(folder);
    Enroller.Enrolled enrolled =
        Enroller.enrol(address, PatientOption.read(code, "Enrolment code"));
    DeviceFiles.write(
        folder, enrolled.aeTitle(), enrolled.key(), enrolled.certificate(), enrolled.ca());
    spec.commandLine()
        .getErr()
        .println(enrolled.aeTitle() + " is enrolled. Its files are in " + folder + ".");
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one device, and of a lane what to type at the device's console.",
      footer = {"", "Example:", "  leadglass device show US3 --data /srv/images"})
  int show(@Parameters(paramLabel = "AET") String ae, @Mixin DataOption data) throws Failure {
    Reply reply = data.ask(Request.of("device show", Map.of("ae", ae)));
    if (reply.values().get("called") != null) {
      LaneOptions.show(spec.commandLine().getOut(), reply);
    } else {
      Print.json(spec.commandLine().getOut(), reply.values());
    }
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists devices, what they may do, and when their certificates end.",
      footer = {"", "Example:", "  leadglass device list --data /srv/images"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("device list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
      return 0;
    }
    Tables.print(
        out,
        reply.values().get("devices"),
        List.of("ae", "state", "certificateEnds", "formerEnd", "owner", "may", "keyLaid"));
    if (reply.values().get("lanes") instanceof List<?> lanes && !lanes.isEmpty()) {
      out.println();
      Tables.print(
          out,
          lanes,
          List.of("lane", "state", "until", "from", "listens", "called", "worklist", "owner"));
    }
    if (reply.values().get("invited") instanceof List<?> invited && !invited.isEmpty()) {
      Tables.print(out, invited, List.of("ae", "codeEnds"));
    }
    return 0;
  }
}
