package leadglass.store.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import leadglass.store.catalogue.StudyChange;
import leadglass.store.seal.SecretBytes;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.Bits;

/// Compares the search with what its files and its documents should be.
final class SearchCheck {
  private static final int READ_BYTES = 64 << 10;
  private static final int TRIES_MAX = 10;

  private final OpenIndex index;

  SearchCheck(OpenIndex index) {
    this.index = index;
  }

  /// Reads what was committed last, through a directory that has nothing in memory. Before the
  /// first commit there is nothing to read.
  void files(Path folder, SecretBytes key) throws IOException {
    try (SealedDirectory fresh = new SealedDirectory(folder, key, 0)) {
      for (int tries = 1; DirectoryReader.indexExists(fresh); tries++) {
        long generation = SegmentInfos.getLastCommitGeneration(fresh.listAll());
        try {
          read(fresh);
          return;
        } catch (IOException e) {
          // Files of a commit go when the next one is made: only the newest one's must be there.
          boolean newer = SegmentInfos.getLastCommitGeneration(fresh.listAll()) != generation;
          if (!newer || tries == TRIES_MAX) {
            throw e;
          }
        }
      }
    }
  }

  private static void read(SealedDirectory fresh) throws IOException {
    byte[] bytes = new byte[READ_BYTES];
    for (String name : SegmentInfos.readLatestCommit(fresh).files(true)) {
      try (IndexInput in = fresh.openInput(name, IOContext.READONCE)) {
        for (long left = in.length(); left > 0; left -= READ_BYTES) {
          in.readBytes(bytes, 0, (int) Math.min(left, READ_BYTES));
        }
      }
    }
  }

  /// Asks something of what the search knows now.
  private interface Asking {
    long ask(IndexSearcher searcher) throws IOException;
  }

  private long ask(Asking asking) throws IOException {
    IndexSearcher searcher = index.searchers().acquire();
    try {
      return asking.ask(searcher);
    } finally {
      index.searchers().release(searcher);
    }
  }

  long documents() throws IOException {
    return ask(searcher -> searcher.getIndexReader().numDocs());
  }

  long unlike(List<StudyChange> studies) throws IOException {
    return ask(searcher -> {
      long unlike = 0;
      for (StudyChange study : studies) {
        unlike += isLike(searcher, study) ? 0 : 1;
      }
      return unlike;
    });
  }

  private static boolean isLike(IndexSearcher searcher, StudyChange study) throws IOException {
    int like = 0;
    int others = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      LeafReader reader = leaf.reader();
      PostingsEnum found = reader.postings(Documents.key(study), PostingsEnum.NONE);
      Bits live = reader.getLiveDocs();
      while (found != null && found.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
        if (live == null || live.get(found.docID())) {
          boolean same = !study.removed() && isOf(reader, found.docID(), study);
          like += same ? 1 : 0;
          others += same ? 0 : 1;
        }
      }
    }
    return others == 0 && like == (study.removed() ? 0 : 1);
  }

  private static boolean isOf(LeafReader reader, int document, StudyChange study)
      throws IOException {
    return Arrays.equals(value(reader, Documents.NAME, document), study.name())
        && Arrays.equals(value(reader, Documents.DIGEST, document), Documents.digest(study));
  }

  private static byte[] value(LeafReader reader, String field, int document) throws IOException {
    BinaryDocValues values = DocValues.getBinary(reader, field);
    if (!values.advanceExact(document)) {
      return new byte[0];
    }
    var bytes = values.binaryValue();
    return Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
  }
}
