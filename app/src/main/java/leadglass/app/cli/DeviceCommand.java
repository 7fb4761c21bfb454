package leadglass.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.store.Private;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "device",
    description = "Devices that may send.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  leadglass device add CT1 --data /srv/images --out ct1",
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

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Enrols a device that may store; writes key.pem, cert.pem and ca.pem for it.",
      footer = {
        "",
        "The key exists nowhere else: move the folder onto the device and delete it here.",
        "",
        "Example:",
        "  leadglass device add CT1 --data /srv/images --out ct1"
      })
  int add(
      @Parameters(paramLabel = "AET", description = "The device's AE title.") String ae,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR2",
              description = "A folder for the three files; made if it is not there.")
          Path folder,
      @Mixin DataOption data)
      throws Failure {
    for (String name : List.of("key.pem", "cert.pem", "ca.pem")) {
      if (Files.exists(folder.resolve(name))) {
        throw new Failure(
            Failure.USAGE, folder.resolve(name) + " is there already", "name an empty folder");
      }
    }
    Reply reply = data.ask(Request.of("device add", Map.of("ae", ae)));
    try {
      Private.folder(folder);
      write(folder.resolve("key.pem"), reply.values().get("key"));
      write(folder.resolve("cert.pem"), reply.values().get("certificate"));
      write(folder.resolve("ca.pem"), reply.values().get("ca"));
    } catch (FileAlreadyExistsException e) {
      throw new Failure(Failure.FAILED, e.getFile() + " is there already", "name an empty folder");
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, folder + " can't be written", "name another folder");
    }
    spec.commandLine().getErr().println(ae + " may store. Its files are in " + folder + ".");
    return 0;
  }

  private static void write(Path file, @Nullable Object text) throws IOException {
    Private.file(file, String.valueOf(text).getBytes(UTF_8));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists devices and when their certificates end.",
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
    out.println(String.format("%-17s %-8s %s", "AE TITLE", "MAY", "CERTIFICATE ENDS"));
    for (Object each :
        reply.values().get("devices") instanceof List<?> devices ? devices : List.of()) {
      Map<?, ?> device = (Map<?, ?>) each;
      out.println(
          String.format(
              "%-17s %-8s %s", device.get("ae"), device.get("may"), device.get("certificateEnds")));
    }
    return 0;
  }
}
