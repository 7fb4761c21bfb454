package leadglass.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");

  @Test
  void theRegistryTellsWhatIsServed() {
    Services<String> services =
        Services.<String>builder()
            .echo(_ -> Status.success())
            .store(CT, (_, _, _) -> StoreScp.Taken.at(Status.success()))
            .build();

    assertThat(services.sopClasses()).containsExactly(Services.VERIFICATION, CT);
    assertThat(services.find(CT)).get().isInstanceOf(Service.Store.class);
    assertThat(services.find(new Uid("1.2"))).isEmpty();
    assertThatThrownBy(() -> services.sopClasses().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aSopClassIsRegisteredOnce() {
    Services.Builder<String> builder =
        Services.<String>builder().store(CT, (_, _, _) -> StoreScp.Taken.at(Status.success()));

    assertThatThrownBy(() -> builder.store(CT, (_, _, _) -> StoreScp.Taken.at(Status.success())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
