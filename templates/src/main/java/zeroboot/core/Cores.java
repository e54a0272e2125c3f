package zeroboot.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/**
 * All the iPXE cores that can be asked for by name.
 *
 * @param store those that the user imported
 * @param carried those that lie beside the program, in packages that bring more than one; what the
 *     user imported goes before
 */
public record Cores(CoreStore store, Optional<CoreStore> carried) {
  /** The one that zboot carries. */
  public IpxeCore bundled() {
    return BundledCore.load();
  }

  /** All of them, the bundled one first; what is damaged is left out. */
  public List<IpxeCore> all() {
    List<IpxeCore> all = new ArrayList<>(List.of(bundled()));
    versions().forEach(version -> sound(version).ifPresent(all::add));
    return all;
  }

  /** The versions beside the bundled one, sorted. */
  public SortedSet<String> versions() {
    SortedSet<String> versions = new TreeSet<>(store.versions());
    carried.ifPresent(beside -> versions.addAll(beside.versions()));
    return versions;
  }

  /**
   * The core of this version, if it was imported or is carried.
   *
   * @throws ZbootException if its files are not what they were
   */
  public Optional<IpxeCore> find(String version) {
    return store.find(version).or(() -> carried.flatMap(beside -> beside.find(version)));
  }

  /** Whether this version was imported or is carried, and is still what it was. */
  public boolean isSound(String version) {
    return sound(version).isPresent();
  }

  private Optional<IpxeCore> sound(String version) {
    try {
      return find(version);
    } catch (ZbootException e) {
      return Optional.empty(); // zboot core list tells of it
    }
  }

  private String meant(String name) {
    List<String> known = new ArrayList<>(versions());
    known.add(bundled().version());
    return Spelling.nearest(name, known).map(near -> "did you mean " + near + "? ").orElse("");
  }

  /** The core in this file or folder, else the one of this version. */
  public IpxeCore load(String name) {
    if (!name.isEmpty() && Files.exists(Path.of(name))) {
      return CoreReader.read(Path.of(name));
    }
    IpxeCore bundled = bundled();
    if (name.equals(bundled.version())) {
      return bundled;
    }
    Optional<KnownCore> known = KnownCore.of(name);
    Optional<IpxeCore> imported = find(known.map(KnownCore::version).orElse(name));
    return imported.orElseThrow(
        () ->
            ZbootException.usage(
                "core '" + name + "'",
                "no such file or folder, and no imported version",
                known.isPresent()
                    ? "zboot core fetch " + name + " gets it"
                    : meant(name)
                        + "zboot core list names them; zboot core import FILE.deb adds one"));
  }
}
