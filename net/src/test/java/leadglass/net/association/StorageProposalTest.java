package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.List;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.Transcoder;
import org.junit.jupiter.api.Test;

/// What is asked for before instances are sent.
class StorageProposalTest {
  private static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  private static final Uid MR = new Uid("1.2.840.10008.5.1.4.1.1.4");
  private static final Uid EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid();
  private static final Uid IMPLICIT = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid();
  private static final Uid JPEG = new Uid("1.2.840.10008.1.2.4.50");

  private record Made(Uid sopClass, Uid sopInstance, TransferSyntax stored) implements Storable {
    static Made of(Uid sopClass, String instance, Uid syntax) {
      return new Made(sopClass, new Uid(instance), Uids.transferSyntax(syntax).orElseThrow());
    }

    @Override
    public boolean writes(TransferSyntax syntax) {
      return syntax.equals(stored) || (Transcoder.isNative(syntax) && Transcoder.isNative(stored));
    }

    @Override
    public void writeDataSet(OutputStream out, TransferSyntax syntax) {
      throw new UnsupportedOperationException();
    }
  }

  private final List<Made> instances =
      List.of(
          Made.of(CT, "2.25.1", EXPLICIT),
          Made.of(CT, "2.25.2", EXPLICIT),
          Made.of(CT, "2.25.3", JPEG),
          Made.of(MR, "2.25.4", EXPLICIT));

  private static Proposal.Context context(Uid sopClass, Uid... syntaxes) {
    return new Proposal.Context(sopClass, List.of(syntaxes));
  }

  @Test
  void everySyntaxThatInstancesAreKeptInHasAContextAndNativeOnesAnotherForWhatCanBeMade() {
    List<StorageProposal<Made>> one = StorageProposal.of(instances);
    assertThat(one).hasSize(1);
    assertThat(one.getFirst().instances()).isEqualTo(instances);
    assertThat(one.getFirst().contexts())
        .containsExactly(
            context(CT, EXPLICIT),
            context(CT, EXPLICIT, IMPLICIT),
            context(CT, JPEG),
            context(MR, EXPLICIT),
            context(MR, EXPLICIT, IMPLICIT));
  }

  @Test
  void contextsThatDoNotFitOneAssociationGoOverSeveral() {
    List<StorageProposal<Made>> two = StorageProposal.of(instances, 4);
    assertThat(two).hasSize(2);
    assertThat(two.getFirst().contexts()).hasSize(3);
    assertThat(two.getFirst().instances()).isEqualTo(instances.subList(0, 3));
    assertThat(two.getLast().instances()).isEqualTo(instances.subList(3, 4));
  }
}
