package leadglass.archive;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// Why devices were refused or failed, for whoever looks after them: the last cases since the
/// start, in memory alone. A peer is told none of it.
///
/// What a peer claims is kept short and in plain signs. Whoever proves nothing can fill neither the
/// memory nor the place of what a device's own certificate brought.
///
/// Safe for use by several threads.
public final class Doctor {
  /// Of one device, of those that proved to be it, and as many of those that only said so.
  static final int DEVICE_CASES_MAX = 20;

  /// Of everybody else together.
  static final int OTHER_CASES_MAX = 100;

  /// Of everybody else at one address.
  static final int ADDRESS_CASES_MAX = 10;

  static final int LINES_MAX = 12;
  static final int LINE_CHARS_MAX = 160;
  private static final int TITLE_CHARS_MAX = 16;
  private static final long SETTLED_MILLIS = 10_000;
  private static final int ADDRESS_CHARS_MAX = 64;

  private final Predicate<String> enrolled;
  private final BiFunction<X509Certificate, String, Found> faults;
  private final Gate gate;
  private final InstantSource clock;
  private final long sinceMillis;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, List<Case>> ofDevices = new LinkedHashMap<>();
  private final List<Case> ofOthers = new ArrayList<>();
  private volatile Own own = new Own(Set.of(), 0);

  /// Where the archive's own look at its doors comes from, and until when.
  private record Own(Set<String> addresses, long untilMillis) {}

  /// @param title of an enrolled device
  /// @param proved by its certificate
  private record Key(String title, boolean proved) {}

  /// The archive looks at its own doors: what comes from these addresses of its own machine is no
  /// device's trouble until [#looked()].
  public void looking(Set<String> addresses) {
    own = new Own(Set.copyOf(addresses), Long.MAX_VALUE);
  }

  /// It is done; what a door has not told yet of the last of it is still meant.
  public void looked() {
    own = new Own(own.addresses(), clock.millis() + SETTLED_MILLIS);
  }

  /// What happened once, as a door tells it.
  ///
  /// @param device that proved itself, or whose certificate was shown; empty: none
  /// @param proved whether it holds the key, or is one of a lane that fits
  /// @param calling AE title it claims, `called` the one it calls; empty: it did not come so far
  /// @param offered what it came with, a line each
  public record Met(
      Cause cause,
      String address,
      String device,
      boolean proved,
      String calling,
      String called,
      List<String> offered) {
    public Met {
      offered = List.copyOf(offered);
    }

    /// Of somebody of whom only the address is known.
    public static Met at(InetAddress address, Cause cause, List<String> offered) {
      return new Met(cause, address.getHostAddress(), "", false, "", "", offered);
    }

    @Override
    public String toString() {
      return "Met[" + cause + "]";
    }
  }

  /// A case, which may have come again and again.
  ///
  /// @param device enrolled, by its AE title; empty: none
  /// @param proved whether it was that device for certain
  /// @param lastMillis when it came last, `count` times since `firstMillis`
  public record Case(
      Cause cause,
      String address,
      String device,
      boolean proved,
      String calling,
      String called,
      List<String> offered,
      long firstMillis,
      long lastMillis,
      int count) {
    public Case {
      offered = List.copyOf(offered);
    }

    /// What to type.
    public String command() {
      return cause.command(device);
    }

    /// What it called itself and whom it called, a sentence; empty if it did not come so far.
    public String claims() {
      return calling.isEmpty() && called.isEmpty()
          ? ""
          : "It called itself \"" + calling + "\" and called \"" + called + "\".";
    }

    private boolean isLike(Case other) {
      return cause == other.cause
          && proved == other.proved
          && address.equals(other.address)
          && device.equals(other.device)
          && calling.equals(other.calling)
          && called.equals(other.called)
          && offered.equals(other.offered);
    }

    private Case again(Case first) {
      return new Case(
          cause,
          address,
          device,
          proved,
          calling,
          called,
          offered,
          first.firstMillis,
          lastMillis,
          first.count == Integer.MAX_VALUE ? first.count : first.count + 1);
    }

    @Override
    public String toString() {
      return "Case[" + cause + "]";
    }
  }

  /// Why a device that was not admitted was not.
  ///
  /// @param device whose certificate it is; empty: nobody's
  public record Found(Cause cause, String device) {}

  /// @param enrolled whether a device or a lane has an AE title
  /// @param faults [DeviceFaults#why]
  Doctor(
      Predicate<String> enrolled,
      BiFunction<X509Certificate, String, Found> faults,
      Gate gate,
      InstantSource clock) {
    this.enrolled = enrolled;
    this.faults = faults;
    this.gate = gate;
    this.clock = clock;
    this.sinceMillis = clock.millis();
  }

  /// Since when cases are kept.
  public long sinceMillis() {
    return sinceMillis;
  }

  /// Why a certificate, or the device that showed it, was not let in. For cases alone: it is nobody
  /// else's to know.
  ///
  /// @param callingAeTitle empty: it did not say yet
  public Found why(X509Certificate certificate, String callingAeTitle) {
    return faults.apply(certificate, callingAeTitle);
  }

  /// One more case; costs no write.
  public void met(Met met) {
    Own looked = own;
    if (clock.millis() <= looked.untilMillis() && looked.addresses().contains(met.address())) {
      return;
    }
    String calling = plain(met.calling().strip(), TITLE_CHARS_MAX);
    boolean known = !met.device().isEmpty() && enrolled.test(met.device());
    // A title that was made to look enrolled by replacing signs is not the one it came with.
    boolean claimed = !known && calling.equals(met.calling().strip()) && enrolled.test(calling);
    String device = known ? met.device() : claimed ? calling : "";
    long now = clock.millis();
    Case one =
        new Case(
            met.cause(),
            plain(met.address(), ADDRESS_CHARS_MAX),
            device,
            known && met.proved(),
            calling,
            plain(met.called().strip(), TITLE_CHARS_MAX),
            met.offered().stream()
                .limit(LINES_MAX)
                .map(line -> plain(line, LINE_CHARS_MAX))
                .toList(),
            now,
            now,
            1);
    lock.lock();
    try {
      if (device.isEmpty()) {
        add(ofOthers, one);
        keep(ofOthers);
      } else {
        List<Case> cases =
            ofDevices.computeIfAbsent(new Key(device, one.proved()), _ -> new ArrayList<>());
        add(cases, one);
        if (cases.size() > DEVICE_CASES_MAX) {
          cases.removeFirst();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// The latest is last.
  private static void add(List<Case> cases, Case one) {
    for (int i = 0; i < cases.size(); i++) {
      if (cases.get(i).isLike(one)) {
        cases.add(one.again(cases.remove(i)));
        return;
      }
    }
    cases.add(one);
  }

  /// One address can't drive out what came from others.
  private static void keep(List<Case> cases) {
    String address = cases.getLast().address();
    long there = cases.stream().filter(each -> each.address().equals(address)).count();
    if (there > ADDRESS_CASES_MAX) {
      for (int i = 0; i < cases.size(); i++) {
        if (cases.get(i).address().equals(address)) {
          cases.remove(i);
          break;
        }
      }
    }
    if (cases.size() > OTHER_CASES_MAX) {
      cases.removeFirst();
    }
  }

  private static String plain(String text, int charsMax) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length() && i < charsMax; i++) {
      char c = text.charAt(i);
      plain.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return plain.toString();
  }

  /// The cases of a device by its AE title, or of those at an address that are no device's; the
  /// latest first. Empty for whoever may not know.
  public List<Case> of(Caller by, String titleOrAddress) {
    String whom = titleOrAddress.strip();
    return all(by).stream()
        .filter(each ->
            each.device().isEmpty() ? each.address().equals(whom) : each.device().equals(whom))
        .toList();
  }

  /// The last case of each device and of each address that is no device's; the latest first. Empty
  /// for whoever may not know.
  public List<Case> last(Caller by) {
    Map<String, Case> last = new LinkedHashMap<>();
    for (Case each : all(by)) {
      last.putIfAbsent(each.device().isEmpty() ? " " + each.address() : each.device(), each);
    }
    return List.copyOf(last.values());
  }

  private List<Case> all(Caller by) {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      return List.of();
    }
    List<Case> all = new ArrayList<>();
    lock.lock();
    try {
      ofDevices.keySet().removeIf(key -> !enrolled.test(key.title()));
      ofDevices.values().forEach(all::addAll);
      all.addAll(ofOthers);
    } finally {
      lock.unlock();
    }
    all.sort(Comparator.comparingLong(Case::lastMillis).reversed());
    return all;
  }

  /// What is said of a certificate: never a name in it.
  public static String words(X509Certificate certificate) {
    return "a certificate that ends "
        + certificate.getNotAfter().toInstant()
        + ", SHA-256 "
        + DeviceBook.fingerprint(certificate);
  }
}
