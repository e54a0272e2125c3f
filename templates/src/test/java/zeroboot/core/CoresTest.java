package zeroboot.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cores that lie beside the program, and those that its user imported. */
class CoresTest {
  private static final IpxeCore CORE = BundledCore.load();

  @TempDir private Path folder;

  @Test
  void carriedOnesAreFoundUntilTheyAreDamaged() throws IOException {
    CoreStore carried = new CoreStore(folder.resolve("carried"));
    assertTrue(carried.add(CORE, false));
    Cores cores = new Cores(new CoreStore(folder.resolve("own")), Optional.of(carried));
    assertEquals(Set.of(CORE.version()), cores.versions());
    assertArrayEquals(CORE.efi(), cores.find(CORE.version()).orElseThrow().efi());
    assertTrue(cores.isSound(CORE.version()));
    assertEquals(2, cores.all().size());

    Path file = folder.resolve("carried").resolve(CORE.version()).resolve("ipxe.lkrn");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertFalse(cores.isSound(CORE.version()));
    assertEquals(1, cores.all().size());
    // What the user imports goes before.
    assertTrue(cores.store().add(CORE, false));
    assertTrue(cores.isSound(CORE.version()));
  }

  @Test
  void theFileForOneCardIsKeptAndLookedAfter() throws IOException {
    CoreStore store = new CoreStore(folder.resolve("own"));
    assertTrue(store.add(CORE, false));
    assertFalse(store.add(CORE, false), "it is there");
    IpxeCore found = store.find(CORE.version()).orElseThrow();
    assertArrayEquals(CORE.chained().orElseThrow().efi(), found.chained().orElseThrow().efi());
    Cores cores = new Cores(store, Optional.empty());
    Path file = folder.resolve("own").resolve(CORE.version()).resolve("snponly.efi");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertFalse(cores.isSound(CORE.version()), "changed");
    Files.delete(file);
    assertFalse(cores.isSound(CORE.version()), "gone");
  }

  /** One that never had the file, into which somebody put one. */
  @Test
  void aFileThatWasNotImportedIsNoneOfTheCore() throws IOException {
    CoreStore store = new CoreStore(folder.resolve("own"));
    store.add(IpxeCore.of("two files", CORE.lkrn(), CORE.efi()), false);
    Cores cores = new Cores(store, Optional.empty());
    assertTrue(cores.isSound(CORE.version()));
    Path entry = folder.resolve("own").resolve(CORE.version());
    Files.write(entry.resolve("snponly.efi"), CORE.chained().orElseThrow().efi());
    assertFalse(cores.isSound(CORE.version()));
  }

  @Test
  void noneAreCarriedByTheSingleJar() {
    Cores cores = new Cores(new CoreStore(folder.resolve("own")), Optional.empty());
    assertEquals(Set.of(), cores.versions());
    assertEquals(List.of(CORE.version()), cores.all().stream().map(IpxeCore::version).toList());
  }
}
