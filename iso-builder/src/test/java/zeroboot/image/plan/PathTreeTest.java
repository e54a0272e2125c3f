package zeroboot.image.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTreeTest {
  @Test
  void listsFoldersAndWhatTheyHold() {
    PathTree tree = tree("EFI/BOOT/BOOTX64.EFI", "EFI/A.TXT", "README.TXT", "BOOT");
    assertEquals(List.of("EFI", "EFI/BOOT"), tree.folders());
    assertEquals(List.of("BOOT", "EFI", "README.TXT"), tree.children(""));
    assertEquals(List.of("EFI/A.TXT", "EFI/BOOT"), tree.children("EFI"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/A",
        "A/",
        "a.txt",
        "ZBOOT.JSON",
        "NINE_CHAR",
        "A.B.C",
        ".A",
        "A.",
        "A B",
        "..",
        "DIR.EXT/A",
        "1/2/3/4/5/6/7/8/A",
        "Ä",
        "A\n"
      })
  void refusesNamesThatOneFileSystemCannotHold(String path) {
    assertThrows(IllegalArgumentException.class, () -> tree(path));
  }

  @Test
  void refusesANameForBothAFileAndAFolder() {
    assertThrows(IllegalArgumentException.class, () -> tree("A", "A/B"));
  }

  private static PathTree tree(String... paths) {
    return new PathTree(new TreeSet<>(Set.of(paths)));
  }
}
