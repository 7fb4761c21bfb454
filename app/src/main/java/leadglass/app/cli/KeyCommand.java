package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.console.ConsoleLink;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.app.key.KeyPlace;
import leadglass.archive.EscrowSheet;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.archive.RecoverySheet;
import leadglass.store.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "key",
    description = "The master key: where it lies, its recovery sheets, its change.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Places: file:PATH   beside   passphrase   pkcs11:CONFIG   kms:URI",
      "",
      "Examples:",
      "  leadglass key status --data /srv/images",
      "  leadglass key unlock --data /srv/images",
      "  leadglass key escrow --data /srv/images --out /media/stick",
      "  leadglass key rehearse --data /srv/images --sheet one.txt --sheet three.txt",
      "  leadglass key rotate --data /srv/images --to file:/media/key/leadglass.key"
    })
@SuppressWarnings("NullAway.Init")
final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec;

  KeyCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Where the master key lies and lay, and which sheets give it back.",
      footer = {"", "Example:", "  leadglass key status --data /srv/images --json"})
  int status(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Map<String, Object> now = data.ask(Request.of("key status", Map.of())).values();
    if (json) {
      Print.json(out(), now);
      return 0;
    }
    boolean sheets = !"".equals(now.get("sheets"));
    boolean tried = !"".equals(now.get("rehearsed"));
    out().println("place        " + now.get("place"));
    out().println("stolen disk: " + now.get("stolenDisk"));
    out()
        .println(
            "sheets       "
                + (sheets
                    ? "set " + now.get("sheets") + ", made " + now.get("sheetsMade")
                    : "none (make them: leadglass key escrow)"));
    out()
        .println(
            "rehearsed    " + (tried ? now.get("rehearsed") : "never (leadglass key rehearse)"));
    if (now.get("history") instanceof List<?> history) {
      for (Object each : history) {
        Map<?, ?> words = (Map<?, ?>) each;
        out()
            .println(
                "since "
                    + words.get("since")
                    + "  "
                    + words.get("place")
                    + "  stolen disk: "
                    + words.get("stolenDisk")
                    + "  by "
                    + words.get("by"));
      }
    }
    return 0;
  }

  @Command(
      name = "unlock",
      mixinStandardHelpOptions = true,
      description = "Opens an archive that was started without its master key, and serves it.",
      footer = {
        "",
        "Asks for the passphrase or the token's PIN if the key is sealed by one; a key file or a key",
        "service is tried at once.",
        "",
        "Examples:",
        "  leadglass key unlock --data /srv/images",
        "  leadglass key unlock --data /srv/images --passphrase-file -"
      })
  int unlock(@Mixin DataOption data) throws Failure {
    Home home = data.home();
    if (!home.exists()) {
      throw new Failure(
          Failure.CONFIGURATION, "there is no archive in " + home.data(), "name its directory");
    }
    try (ConsoleLink link = ConsoleLink.open(home.data())) {
      char[] secret = home.mayUnlockItself() ? new char[0] : data.passphrase().passphrase(false);
      Request request = Request.of("key unlock", Map.of("secret", String.valueOf(secret)));
      Arrays.fill(secret, '\0');
      Reply reply = DataOption.checked(link.ask(request, java.io.InputStream.nullInputStream()));
      boolean was = Boolean.TRUE.equals(reply.values().get("unlocked"));
      out().println(was ? "The archive is open." : "The archive was open already.");
      return 0;
    } catch (IOException _) {
      throw new Failure(
          Failure.NO,
          "no server runs on " + home.data(),
          "start it: leadglass serve; where the key is sealed it asks for what opens it");
    }
  }

  @Command(
      name = "escrow",
      mixinStandardHelpOptions = true,
      description = "Prints three recovery sheets, any two of which open the archive.",
      footer = {
        "",
        "With --out it writes sheet-1.txt, sheet-1.html and so on, to be printed and then removed.",
        "",
        "Example:",
        "  leadglass key escrow --data /srv/images --out /media/stick"
      })
  int escrow(
      @Option(names = "--out", paramLabel = "DIR", description = "A folder to write them to.")
          Optional<Path> folder,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw new Failure(Failure.USAGE, "there is no folder " + folder.get(), "make it first");
    }
    show(data.ask(Request.of("key escrow", Map.of())).values(), folder, json);
    return 0;
  }

  private void show(Map<String, Object> values, Optional<Path> folder, boolean json)
      throws Failure {
    if (json) {
      Print.json(out(), values);
      return;
    }
    for (PrintedSheet sheet : PrintedSheet.of(values)) {
      if (folder.isEmpty()) {
        out().println(sheet.text());
        out().println("\f");
        continue;
      }
      try {
        sheet.write(folder.get());
        out()
            .println(
                "sheet " + sheet.number() + " of set " + sheet.set() + " is in " + folder.get());
      } catch (FileAlreadyExistsException e) {
        throw new Failure(Failure.NO, "there is a " + e.getFile() + " already", "remove it first");
      } catch (IOException _) {
        throw new Failure(Failure.FAILED, folder.get() + " can't be written to", "");
      }
    }
  }

  @Command(
      name = "rehearse",
      mixinStandardHelpOptions = true,
      description = "Proves that two recovery sheets open the archive, and changes nothing.",
      footer = {
        "",
        "Without --sheet both are read from standard input, one after the other.",
        "",
        "Example:",
        "  leadglass key rehearse --data /srv/images --sheet one.txt --sheet three.txt"
      })
  int rehearse(
      @Option(names = "--sheet", paramLabel = "F", description = "A file with one sheet; twice.")
          List<Path> files,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    List<String> sheets = TypedSheets.read(files == null ? List.of() : files);
    if (sheets.size() != EscrowSheet.NEEDED) {
      throw new Failure(Failure.USAGE, "it takes two sheets", "--sheet FIRST --sheet SECOND");
    }
    Map<String, Object> done =
        data.ask(
                Request.of(
                    "key rehearse", Map.of("first", sheets.getFirst(), "second", sheets.getLast())))
            .values();
    if (json) {
      Print.json(out(), done);
    } else {
      out()
          .println(
              "Sheets "
                  + Print.joined(done.get("numbers"), " and ")
                  + " of set "
                  + done.get("set")
                  + " open this archive.");
    }
    return 0;
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Seals the archive by a fresh master key, here or at another place.",
      footer = {
        "",
        "No pack is written. All recovery sheets of before open nothing afterwards.",
        "",
        "Examples:",
        "  leadglass key rotate --data /srv/images --escrow",
        "  leadglass key rotate --data /srv/images --to passphrase --new-passphrase-file words.txt"
      })
  int rotate(
      @Option(names = "--to", paramLabel = "WHERE", description = "Another place for the key.")
          Optional<String> to,
      @Option(names = "--escrow", description = "Print three sheets of the fresh key.")
          boolean escrow,
      @Option(
              names = "--new-passphrase-file",
              paramLabel = "F",
              description = "A file whose first line is the new passphrase; - for standard input.")
          Optional<Path> fresh,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = new HashMap<>();
    words.put("to", to.orElse(""));
    words.put("escrow", escrow ? "yes" : "no");
    if (place(data, to) instanceof KeyPlace.Passphrase) {
      char[] typed = new PassphraseSource(fresh, "--new-passphrase-file").passphrase(true);
      words.put("passphrase", new String(typed));
      Arrays.fill(typed, '\0');
    }
    Reply reply = data.ask(Request.of("key rotate", words));
    Map<String, Object> done = reply.values();
    if (!json) {
      out().println("A fresh master key seals the archive. It lies at: " + done.get("place"));
      out().println("stolen disk: " + done.get("stolenDisk"));
      out()
          .println(
              "Recovery sheets of before are void: destroy them"
                  + (escrow ? "." : ", and make new ones: leadglass key escrow"));
    }
    if (json || escrow) {
      show(done, Optional.empty(), json);
    }
    return 0;
  }

  private static KeyPlace place(DataOption data, Optional<String> to) throws Failure {
    try {
      return to.isPresent() ? KeyPlace.parse(to.get()) : data.home().keyring().place();
    } catch (RefusedException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()), "leadglass key --help");
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, "the key's place can't be read", "look at keys/place");
    }
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Makes a lost master key anew from its sheet, or from two of three.",
      footer = {
        "",
        "Type the sheet's groups of four in order; numbers in front of them, case and dashes don't",
        "matter. Without --sheet they are read from standard input.",
        "",
        "Examples:",
        "  leadglass key restore --data /srv/images --sheet sheet.txt",
        "  leadglass key restore --data /srv/images --sheet one.txt --sheet three.txt"
      })
  int restore(
      @Option(names = "--sheet", paramLabel = "F", description = "A file with a sheet's groups.")
          List<Path> files,
      @Option(names = "--to", paramLabel = "WHERE", description = "Another place for the key.")
          Optional<String> to,
      @Mixin DataOption data)
      throws Failure {
    Home home = data.home();
    if (!home.exists()) {
      throw new Failure(
          Failure.CONFIGURATION, "there is no archive in " + home.data(), "check --data");
    }
    byte[] key = key(TypedSheets.read(files == null ? List.of() : files));
    try {
      if (!Stores.opens(home.data(), key)) {
        throw new Failure(
            Failure.NO,
            "that is a master key, but not the one of this archive",
            "look for sheets of this archive, made after its key last changed");
      }
      Optional<KeyPlace> where = to.isPresent() ? Optional.of(place(data, to)) : Optional.empty();
      home.keyring().restore(key, where);
      spec.commandLine()
          .getErr()
          .println("The master key is at " + home.keyring().expected() + " again.");
      return 0;
    } catch (RefusedException e) {
      throw new Failure(Failure.NO, String.valueOf(e.getMessage()), "");
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          Failure.NO, "there is a master key at " + e.getFile(), "move it away first");
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, "the key can't be written", "check who may write where it lies");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] key(List<String> sheets) throws Failure {
    if (sheets.size() == 1) {
      return switch (RecoverySheet.parse(sheets.getFirst())) {
        case RecoverySheet.Reading.Key(var bytes) -> bytes;
        case RecoverySheet.Reading.Wrong(var rule) ->
            throw new Failure(Failure.NO, "that is not the sheet", rule);
      };
    }
    if (sheets.size() != EscrowSheet.NEEDED) {
      throw new Failure(Failure.USAGE, "it takes one whole sheet, or two of three", "");
    }
    return switch (EscrowSheet.read(sheets.getFirst(), sheets.getLast())) {
      case EscrowSheet.Reading.Key(_, _, var bytes) -> bytes;
      case EscrowSheet.Reading.Wrong(var rule) ->
          throw new Failure(Failure.NO, "those are not two sheets of a set", rule);
    };
  }
}
