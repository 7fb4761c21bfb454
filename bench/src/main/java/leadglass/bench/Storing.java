package leadglass.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import leadglass.testkit.RawScu;

/// C-STORE over TLS, each association waiting for every answer.
final class Storing {
  private static final int SLICES = 16;
  private static final int INSTANCES_A_STUDY = 200;

  private final Program program;
  private final SSLContext tls;
  private final Shape shape;

  Storing(Program program, Shape shape) throws IOException {
    this.program = program;
    this.tls = program.tls();
    this.shape = shape;
  }

  /// Which instance item `i` of a group is.
  static Naming naming(int group, int i) {
    return new Naming(group, i / INSTANCES_A_STUDY, i % INSTANCES_A_STUDY + 1);
  }

  /// Which instance item `i` of a group is where each has a study of its own.
  static Naming alone(int group, int i) {
    return new Naming(group, i, 1);
  }

  /// @param group no instance of which was sent before
  Row run(int group, int associations, int count) throws IOException, InterruptedException {
    return run(associations, count, i -> naming(group, i));
  }

  Row run(int associations, int count, java.util.function.IntFunction<Naming> naming)
      throws IOException, InterruptedException {
    long bytes = DataSets.front(shape, Naming.BLANK).length;
    bytes += (long) shape.frames() * shape.frameBytes();
    return Lanes.run(
        "C-STORE " + shape.label(),
        program,
        associations,
        count,
        bytes * count,
        _ -> shape.isLarge() ? new Streamed(naming) : new Framed(naming));
  }

  private RawScu open() throws IOException {
    return RawScu.to(program.dicomPort())
        .tls(tls)
        .called(Program.CALLED)
        .calling(Program.CALLING)
        .propose(shape.sopClass(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
        .open();
  }

  private int context(RawScu scu) {
    return scu.context(shape.sopClass(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN);
  }

  private static void check(RawScu.Reply reply) throws IOException {
    if (reply.status() != 0) {
      throw new IOException(
          "C-STORE status %04x %s".formatted(reply.status(), reply.errorComment()));
    }
  }

  /// Messages are finished frames.
  private final class Framed implements Lanes.Lane {
    private final java.util.function.IntFunction<Naming> naming;
    private final RawScu scu = open();
    private final List<Stamp> frames = new ArrayList<>();

    Framed(java.util.function.IntFunction<Naming> naming) throws IOException {
      this.naming = naming;
      for (int slice = 0; slice < SLICES; slice++) {
        frames.add(
            new Stamp(
                scu.storeFrame(
                    context(scu),
                    shape.sopClass(),
                    Naming.BLANK.sopInstanceUid(),
                    DataSets.whole(shape, Naming.BLANK, slice))));
      }
    }

    @Override
    public void work(int i) throws IOException {
      scu.send(frames.get(i % SLICES).with(naming.apply(i)));
      check(scu.reply());
    }

    @Override
    public void close() throws IOException {
      try (scu) {
        scu.release();
      }
    }
  }

  /// Frames of the image are put into the message while it is sent.
  private final class Streamed implements Lanes.Lane {
    private final java.util.function.IntFunction<Naming> naming;
    private final RawScu scu = open();
    private final List<byte[]> slices = new ArrayList<>();

    Streamed(java.util.function.IntFunction<Naming> naming) throws IOException {
      this.naming = naming;
      for (int slice = 0; slice < SLICES; slice++) {
        slices.add(Phantom.frame(shape, slice));
      }
    }

    @Override
    public void work(int i) throws IOException {
      Naming name = naming.apply(i);
      List<InputStream> parts = new ArrayList<>();
      parts.add(new ByteArrayInputStream(DataSets.front(shape, name)));
      for (int frame = 0; frame < shape.frames(); frame++) {
        parts.add(new ByteArrayInputStream(slices.get(frame % SLICES)));
      }
      InputStream dataSet = new SequenceInputStream(Collections.enumeration(parts));
      check(scu.store(context(scu), shape.sopClass(), name.sopInstanceUid(), dataSet));
    }

    @Override
    public void close() throws IOException {
      try (scu) {
        scu.release();
      }
    }
  }
}
