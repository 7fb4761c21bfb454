package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import leadglass.store.AuditEntries;
import leadglass.store.Registry;

/// Everything for patients themselves, put together over one registry.
record PatientWays(
    Patients patients,
    PatientDoor door,
    PatientAccesses accesses,
    PatientTasks tasks,
    PatientBook book) {

  static PatientWays open(
      Registry registry,
      Aftercare aftercare,
      Accounts accounts,
      Brakes brakes,
      ShareLinks links,
      Emergencies emergencies,
      AuditEntries trail,
      Passwords.Cost cost) {
    SecureRandom random = new SecureRandom();
    Secrets secrets = new Secrets(random);
    Custody custody = aftercare.custody();
    // Permits of their own, as links have: whoever guesses is in nobody's way who signs in.
    Passwords passwords = new Passwords(random, cost);
    PatientBook book =
        new PatientBook(
            registry,
            custody,
            new ShareSessions(custody.clock(), secrets),
            new ShareSessions(custody.clock(), secrets));
    PatientAccesses accesses = new PatientAccesses(custody, trail, emergencies);
    PatientTasks tasks = new PatientTasks(custody, registry, links, accesses);
    aftercare.erasures().whenErased(book::erased);
    aftercare.erasures().whenErased(tasks::erased);
    return new PatientWays(
        new Patients(book, custody, ErasureBook.in(registry), brakes, passwords, random),
        new PatientDoor(book, accounts, custody, passwords, random),
        accesses,
        tasks,
        book);
  }

  /// Removes and ends what is over; call it every minute.
  void sweep() throws IOException {
    book.sweep();
  }
}
