package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SoftTokens;

/** A library that is in use, and the garbage collector. */
class LoadedLibraryTest {
  private static final Path MAPS = Path.of("/proc/self/maps");

  @TempDir private Path folder;

  /** Were it unloaded, the next call would end the whole process. */
  @Test
  void aLibraryStaysWhereItsPointersLead()
      throws IOException, Pkcs11Library.Refused, InterruptedException {
    ForeignTool.requireFile("Linux' /proc", MAPS);
    // A file of its own: no other test of this process has it open.
    Path module = folder.resolve("tokens-of-this-test.so");
    Files.copy(SoftTokens.in(folder).module(), module);
    assertFalse(isMapped(module), "not yet");
    Pkcs11Library library = Pkcs11Library.open(module);
    for (int i = 0; i < 20; i++) {
      collect();
      assertTrue(isMapped(module), "after collection " + i);
    }
    library.slots();
  }

  /** All that nobody holds; what clears up after it runs on threads of its own. */
  private static void collect() throws InterruptedException {
    WeakReference<Object> nobodys = new WeakReference<>(new Object());
    while (nobodys.get() != null) {
      System.gc();
    }
    Thread.sleep(20);
  }

  private static boolean isMapped(Path file) throws IOException {
    List<String> maps = Files.readAllLines(MAPS);
    return maps.stream().anyMatch(line -> line.contains(file.getFileName().toString()));
  }
}
