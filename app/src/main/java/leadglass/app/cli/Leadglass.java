package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import leadglass.app.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The root of all commands.
@Command(
    name = "leadglass",
    description = "The medical image archive that has no setting to leave it open.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  leadglass demo                      try it with synthetic images",
      "  leadglass serve --data /srv/images  run an archive",
      "",
      "Exit codes: 0 done, 1 the answer is no, 2 bad usage, 3 bad configuration, 4 failed.",
      "Not a medical device; not for primary diagnosis."
    })
public final class Leadglass implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          ServeCommand.class,
          InitCommand.class,
          SiteCommand.class,
          UserCommand.class,
          DutyCommand.class,
          TokenCommand.class,
          ShareCommand.class,
          DeviceCommand.class,
          DoctorCommand.class,
          WorklistCommand.class,
          DicomCommand.class,
          CheckCommand.class,
          ExposureCommand.class,
          ImportCommand.class,
          DeleteCommand.class,
          StudyCommand.class,
          PatientCommand.class,
          HoldCommand.class,
          RetentionCommand.class,
          EraseCommand.class,
          QuarantineCommand.class,
          StatusCommand.class,
          AuditCommand.class,
          ReportCommand.class,
          ScrubCommand.class,
          RepackCommand.class,
          IndexCommand.class,
          KeyCommand.class,
          BackupCommand.class,
          RestoreCommand.class);

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /// Parses and runs.
  ///
  /// @return exit code
  public static int run(String... arguments) {
    CommandLine line = new CommandLine(new Leadglass());
    wanted(arguments).forEach(line::addSubcommand);
    line.setExecutionExceptionHandler(Leadglass::failed);
    line.setParameterExceptionHandler(Leadglass::misused);
    line.setUsageHelpAutoWidth(true);
    return line.execute(arguments);
  }

  /// The command that is named first, or all: to build them all is half of what a short one takes.
  private static List<Class<?>> wanted(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    return COMMANDS.stream()
        .filter(each -> each.getAnnotation(Command.class).name().equals(first))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  private static int failed(Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
    Failure failure =
        thrown instanceof Failure known
            ? known
            : new Failure(
                Failure.FAILED,
                "it failed (" + thrown.getClass().getSimpleName() + ")",
                "this should not happen; please report it with what you typed");
    PrintWriter err = line.getErr();
    err.println("leadglass: error: " + failure.error());
    if (!failure.hint().isEmpty()) {
      err.println("leadglass: hint: " + failure.hint());
    }
    return failure.exit();
  }

  private static int misused(ParameterException wrong, String[] arguments) {
    CommandLine line = wrong.getCommandLine();
    line.getErr().println("leadglass: error: " + wrong.getMessage());
    line.getErr().println("leadglass: hint: " + line.getCommandSpec().qualifiedName() + " --help");
    return Failure.USAGE;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
