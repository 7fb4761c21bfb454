package leadglass.app.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.ReadLimits;
import leadglass.dicom.io.Transcoder;
import leadglass.net.association.Storable;

/// An instance in a file (PS3.10), which is read anew when it is sent.
public record FileInstance(
    Path file, Uid sopClass, Uid sopInstance, TransferSyntax stored, long bytes)
    implements Storable {

  /// @return empty if it is no such file, or does not say what it is
  /// @throws IOException if it can't be read
  public static Optional<FileInstance> of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      PartTen parts = PartTen.read(in);
      DataSet meta = parts.meta();
      Optional<Uid> sopClass = meta.uid(Tag.MEDIA_STORAGE_SOP_CLASS_UID);
      Optional<Uid> instance = meta.uid(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID);
      if (sopClass.isEmpty() || instance.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new FileInstance(file, sopClass.get(), instance.get(), parts.syntax(), Files.size(file)));
    } catch (DicomException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean writes(TransferSyntax syntax) {
    return syntax.equals(stored) || (Transcoder.isNative(syntax) && Transcoder.isNative(stored));
  }

  @Override
  public void writeDataSet(OutputStream out, TransferSyntax syntax) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      PartTen parts = PartTen.read(in);
      if (syntax.equals(parts.syntax())) {
        parts.dataSet().transferTo(out);
      } else {
        Transcoder.to(
            syntax, new DataSetReader(parts.dataSet(), parts.syntax(), ReadLimits.PEER), out);
      }
    } catch (DicomException e) {
      throw new IOException("the file breaks off or is damaged", e);
    }
  }

  @Override
  public String toString() {
    return "FileInstance[" + bytes + " bytes]";
  }
}
