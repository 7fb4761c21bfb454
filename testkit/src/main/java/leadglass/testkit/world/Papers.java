package leadglass.testkit.world;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// The files about a world.
///
/// @param folder they are written to
record Papers(Path folder) {
  static final String TARGETS = "targets.csv";
  static final String TRUTH = "truth.tsv";
  static final String CANARIES = "canaries.txt";
  static final String CANARY_ROOTS = "canary-roots.txt";
  static final String VISITS = "visits.tsv";

  /// A port that is open now.
  record OpenDoor(Host host, int port, String service) {}

  /// What whoever surveys is given: in another order, and about half of the ports with their
  /// service.
  void targets(List<OpenDoor> doors, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed + 1);
    Map<Host, String> ports =
        doors.stream()
            .collect(
                Collectors.groupingBy(
                    OpenDoor::host,
                    Collectors.mapping(
                        each ->
                            random.nextBoolean()
                                ? each.port() + "/" + each.service()
                                : Integer.toString(each.port()),
                        Collectors.joining(" "))));
    List<String> lines = new ArrayList<>();
    ports.forEach((host, text) ->
        lines.add(
            String.join(
                ",",
                host.address(),
                text,
                quoted(host.owner()),
                host.country(),
                quoted(host.responsible()),
                "")));
    Collections.sort(lines);
    Collections.shuffle(lines, new Random(random.nextLong()));
    lines.addFirst("host,ports,owner,country,responsible,proof");
    write(TARGETS, lines, "\r\n");
  }

  /// RFC 4180.
  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /// What is true.
  void truth(List<Host> hosts) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("host\tcountry\towner\tkind\tverdict\tstudies\timages\timages_accessible\tallowed");
    for (Host host : hosts) {
      lines.add(
          String.join(
              "\t",
              host.address(),
              host.country(),
              host.owner(),
              host.kind().name(),
              host.kind().verdict().name(),
              Long.toString(host.studies()),
              Long.toString(host.images()),
              Long.toString(host.imagesAccessible()),
              host.kind().allowed().stream()
                  .sorted()
                  .map(Verdict::name)
                  .collect(Collectors.joining(","))));
    }
    write(TRUTH, lines, "\n");
  }

  /// What may be found nowhere: every value, and apart from that what the values of each host have
  /// in common.
  void canaries(List<Host> hosts, List<String> subjects) throws IOException {
    List<String> all = new ArrayList<>(subjects);
    List<String> roots = new ArrayList<>(subjects);
    for (Host host : hosts) {
      all.addAll(host.names().all());
      roots.add(host.names().token());
      roots.add(host.names().uidRoot());
      Archive archive = host.archive();
      for (int i = 0; i < archive.rows(); i++) {
        Study study = archive.study(i);
        all.addAll(List.of(study.uid(), study.description(), study.accession(), study.orthancId()));
        if (i % 2 == 0) {
          all.addAll(List.of(study.patientName(), study.patientId(), study.birthDate()));
          roots.add(study.birthDate());
        }
      }
      if (archive.rows() > 0) {
        roots.add(archive.study(0).orthancId().substring(0, 18));
      }
    }
    write(CANARIES, all, "\n");
    write(CANARY_ROOTS, roots, "\n");
  }

  /// What strangers did.
  ///
  /// @param traps connections by address
  void visits(List<Host> hosts, Map<String, Integer> traps) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("host\tkind\ttraps\t" + HostVisits.COLUMNS);
    for (Host host : hosts) {
      lines.add(String.join("\t", host.address(), host.kind().name(), "0", host.visits().line()));
    }
    traps.forEach((address, count) ->
        lines.add(address + "\tTRAP\t" + count + "\t" + count + "\t0\t0\t0\t0\t0\t"));
    write(VISITS, lines, "\n");
  }

  /// Whoever sees the file sees all of it.
  private void write(String name, List<String> lines, String end) throws IOException {
    Path part = folder.resolve(name + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(part)) {
      for (String line : lines) {
        out.write(line);
        out.write(end);
      }
    }
    Files.move(part, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
