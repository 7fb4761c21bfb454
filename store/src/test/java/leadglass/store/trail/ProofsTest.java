package leadglass.store.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Roots and proofs of RFC 9162, by the vectors that Certificate Transparency uses and by brute
/// force.
class ProofsTest {
  private static final int SIZE_MAX = 40;
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private final TreeHash hash = new TreeHash();

  private byte[] leaf(int number) {
    return hash.leaf(new byte[] {(byte) number, 7});
  }

  private byte[] root(int size) {
    Frontier tree = new Frontier();
    for (int i = 0; i < size; i++) {
      tree.add(hash, leaf(i));
    }
    return tree.root(hash);
  }

  private Proofs proofs() {
    return new Proofs((with, level, index) -> {
      int count = 1 << level;
      byte[] leaves = new byte[count * TreeHash.BYTES];
      for (int i = 0; i < count; i++) {
        byte[] leaf = leaf((int) index * count + i);
        System.arraycopy(leaf, 0, leaves, i * TreeHash.BYTES, TreeHash.BYTES);
      }
      return with.subtree(leaves, 0, count);
    });
  }

  @Test
  void rootsAreThoseEverybodyKnows() {
    Frontier tree = new Frontier();
    assertThat(HexFormat.of().formatHex(tree.root(hash))).isEqualTo(ROOTS.getFirst());
    for (int i = 0; i < LEAVES.size(); i++) {
      tree.add(hash, hash.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
      assertThat(HexFormat.of().formatHex(tree.root(hash))).isEqualTo(ROOTS.get(i + 1));
    }
  }

  @Test
  void anEntryIsShownToBeWhereItIsAndNowhereElse() throws IOException {
    for (int size = 1; size <= SIZE_MAX; size++) {
      byte[] root = root(size);
      assertThat(proofs().root(0, size)).isEqualTo(root);
      for (int number = 0; number < size; number++) {
        List<byte[]> proof = proofs().inclusion(number, size);
        assertThat(Proofs.included(leaf(number), number, size, root, proof)).isTrue();
        assertThat(Proofs.included(leaf(number + 1), number, size, root, proof)).isFalse();
        assertThat(Proofs.included(leaf(number), size, size, root, proof)).isFalse();
        if (size > 1) {
          int other = (number + 1) % size;
          assertThat(Proofs.included(leaf(number), other, size, root, proof)).isFalse();
          assertThat(
                  Proofs.included(leaf(number), number, size, root, proof.subList(1, proof.size())))
              .isFalse();
        }
      }
    }
  }

  @Test
  void aTreeIsShownToBeTheBeginningOfAnotherAndNoOtherOneIs() throws IOException {
    for (int size = 1; size <= SIZE_MAX; size++) {
      byte[] root = root(size);
      for (int old = 0; old <= size; old++) {
        byte[] oldRoot = root(old);
        List<byte[]> proof = proofs().consistency(old, size);
        assertThat(Proofs.consistent(old, oldRoot, size, root, proof)).isTrue();
        if (old > 0) {
          byte[] other = oldRoot.clone();
          other[3] ^= 1;
          assertThat(Proofs.consistent(old, other, size, root, proof)).isFalse();
        }
        if (old > 0 && old < size) {
          byte[] other = root.clone();
          other[3] ^= 1;
          assertThat(Proofs.consistent(old, oldRoot, size, other, proof)).isFalse();
          List<byte[]> longer = new ArrayList<>(proof);
          longer.add(root);
          assertThat(Proofs.consistent(old, oldRoot, size, root, longer)).isFalse();
        }
      }
    }
  }
}
