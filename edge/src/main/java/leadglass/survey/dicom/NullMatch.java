package leadglass.survey.dicom;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.Requests;
import leadglass.survey.Counts;
import leadglass.survey.Visit;
import leadglass.survey.wire.WireFault;

/// The question for something that can't exist: who answers it with "none" would answer others, and
/// nobody's data has crossed the wire.
public final class NullMatch {
  /// PS3.4 §C.6: what an answer says.
  public enum Said {
    /// "None": it looked.
    NONE,
    /// Rows, where there can be none.
    ROWS,
    /// It does not look for strangers.
    REFUSED,
    /// It failed; whether it would look for something sensible is not told.
    FAILED
  }

  private static final int REFUSED_NOT_AUTHORIZED = 0x0124;
  private static final int REFUSED_SOP_CLASS = 0x0122;
  private static final String NO_LEVEL = "LEADGLASS";
  private static final int PENDINGS_MAX = 64;

  private NullMatch() {}

  /// C-ECHO: whether it is answered with success.
  public static boolean echo(Visit visit, Admitted admitted) throws IOException {
    try (Asked asked = admitted.ask(visit, Context.VERIFICATION)) {
      asked.send(Context.VERIFICATION, Requests.echo());
      boolean success = asked.next().success();
      asked.release();
      return success;
    } catch (WireFault e) {
      if (declines(e)) {
        return false;
      }
      throw e;
    }
  }

  /// C-FIND for what can't exist.
  public static Said find(Visit visit, Admitted admitted, Context context) throws IOException {
    byte[] identifier =
        switch (context) {
          case PATIENT_ROOT_FIND -> Identifier.patient(visit.unknownTitle());
          case WORKLIST_FIND -> Identifier.station(visit.unknownTitle());
          default -> Identifier.study("STUDY", visit.unknownUid());
        };
    try (Asked asked = admitted.ask(visit, context)) {
      asked.send(context, Requests.find(Asked.uid(context)), identifier);
      return said(asked, context, asked.next());
    } catch (WireFault e) {
      if (declines(e)) {
        return Said.REFUSED;
      }
      throw e;
    }
  }

  private static Said said(Asked asked, Context context, Reply reply) throws IOException {
    if (reply.pending()) {
      asked.cancel(context);
      return Said.ROWS;
    }
    Said said = said(reply.status());
    if (said == Said.NONE) {
      asked.release();
    }
    return said;
  }

  private static Said said(int status) {
    return switch (status) {
      case 0 -> Said.NONE;
      case REFUSED_NOT_AUTHORIZED, REFUSED_SOP_CLASS -> Said.REFUSED;
      default -> Said.FAILED;
    };
  }

  /// The control: a question that means nothing. Who says "none" to it says so to anything.
  public static boolean answersAnything(Visit visit, Admitted admitted, Context context)
      throws IOException {
    if (context == Context.WORKLIST_FIND) {
      return admitted.nonsense() && answersNonsense(visit, admitted, context);
    }
    try (Asked asked = admitted.ask(visit, context)) {
      asked.send(
          context,
          Requests.find(Asked.uid(context)),
          Identifier.study(NO_LEVEL, visit.unknownUid()));
      Reply reply = asked.next();
      return reply.pending() || reply.success();
    } catch (WireFault e) {
      return !declines(e);
    }
  }

  private static boolean answersNonsense(Visit visit, Admitted admitted, Context context)
      throws IOException {
    String nonsense = visit.unknownUid();
    try (Asked asked = admitted.askNonsense(visit, context, nonsense)) {
      asked.sendNonsense(
          Requests.find(new Uid(nonsense)), Identifier.station(visit.unknownTitle()));
      Reply reply = asked.next();
      return reply.pending() || reply.success();
    } catch (WireFault e) {
      return !declines(e);
    }
  }

  /// Some refuse nonsense by ending the association, which is an answer too.
  private static boolean declines(WireFault fault) {
    return fault.kind() == WireFault.Kind.ENDED || fault.kind() == WireFault.Kind.RESET;
  }

  /// C-GET or C-MOVE of what can't exist.
  ///
  /// @return the final status; empty if the peer began sub-operations or ended the association
  public static Optional<Integer> retrieve(Visit visit, Admitted admitted, Context context)
      throws IOException {
    CommandSet.Builder command =
        context.kind() == Context.Kind.GET
            ? Requests.get(Asked.uid(context))
            : Requests.move(Asked.uid(context), visit.unknownTitle());
    byte[] identifier = Identifier.study("STUDY", visit.unknownUid());
    try (Asked asked = admitted.ask(visit, context)) {
      asked.send(context, command, identifier);
      for (int i = 0; i < PENDINGS_MAX; i++) {
        Reply reply = asked.next();
        if (!reply.pending()) {
          asked.release();
          return Optional.of(reply.status());
        }
      }
      asked.cancel(context);
      return Optional.empty();
    } catch (WireFault e) {
      if (declines(e) || e.kind() == WireFault.Kind.NOT_THE_PROTOCOL) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Counts studies and their images in the stream of rows, and stops at a cap. Of a row no more is
  /// looked at than how many images it says.
  public static Counts count(Visit visit, Admitted admitted, Context context) throws IOException {
    long studies = 0;
    long images = 0;
    boolean imagesTold = true;
    try (Asked asked = admitted.askForCounting(visit, context)) {
      asked.send(context, Requests.find(Asked.uid(context)), Identifier.everyStudy());
      Reply reply = asked.next();
      while (reply.pending()) {
        studies++;
        OptionalLong of = reply.instances();
        imagesTold &= of.isPresent();
        images += of.orElse(0);
        if (studies >= visit.limits().rowsMax()) {
          asked.cancel(context);
          return counted(studies, images, imagesTold).stoppedEarly();
        }
        reply = asked.next();
      }
      boolean whole = reply.success();
      if (whole) {
        asked.release();
      }
      Counts counts = counted(studies, images, imagesTold);
      return whole ? counts : counts.stoppedEarly();
    } catch (WireFault e) {
      // What was counted before the line broke was there.
      return counted(studies, images, imagesTold).stoppedEarly();
    }
  }

  private static Counts counted(long studies, long images, boolean imagesTold) {
    return Counts.of(
        OptionalLong.empty(),
        OptionalLong.of(studies),
        imagesTold ? OptionalLong.of(images) : OptionalLong.empty(),
        Counts.Source.QUERY);
  }
}
