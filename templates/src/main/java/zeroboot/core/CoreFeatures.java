package zeroboot.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an iPXE build can do, read from its UEFI file. iPXE's linker puts the command table and the
 * table of URI schemes together from the parts that were compiled in: in both, an entry is a
 * pointer to a name followed by a pointer to code (iPXE, {@code include/ipxe/command.h} and {@code
 * include/ipxe/open.h}). The BIOS file of the same package is compressed and cannot be asked.
 *
 * @param commands of its command line and of scripts; empty if the table was not found
 * @param protocols URI schemes that it can fetch from or boot from; empty likewise
 */
public record CoreFeatures(SortedSet<String> commands, SortedSet<String> protocols) {
  private static final int ENTRY = 16;
  private static final int POINTER = 8;
  private static final int LONGEST_NAME = 24;

  private static final Pattern NAME = Pattern.compile("[a-z0-9_.+-]+");

  /** Keeps sets of its own. */
  public CoreFeatures {
    commands = Collections.unmodifiableSortedSet(new TreeSet<>(commands));
    protocols = Collections.unmodifiableSortedSet(new TreeSet<>(protocols));
  }

  /** What {@code core} can do. */
  public static CoreFeatures of(IpxeCore core) {
    List<List<String>> tables = new Scan(core.efi()).tables();
    return new CoreFeatures(longest(tables, "imgfetch"), longest(tables, "tftp"));
  }

  /**
   * Whether {@code core} knows an algorithm of certificates: iPXE compares the object identifier of
   * each with those that were compiled in (crypto/asn1.c), so it has to stand in the file.
   *
   * @param der the identifier's DER form without tag and length; shorter ones than 5 bytes could
   *     stand anywhere and are none that iPXE signs with
   */
  public static boolean knowsAlgorithm(IpxeCore core, byte[] der) {
    return der.length >= 5 && CoreCheck.holds(core.efi(), der);
  }

  private static SortedSet<String> longest(List<List<String>> tables, String with) {
    return tables.stream()
        .filter(table -> table.contains(with))
        .max((a, b) -> Integer.compare(a.size(), b.size()))
        .<SortedSet<String>>map(TreeSet::new)
        .orElseGet(TreeSet::new);
  }

  /** Goes through the sections of a PE32+ image whose preferred address is known. */
  private static final class Scan {
    /** PE format specification, "Section Flags": IMAGE_SCN_CNT_CODE. */
    private static final int CODE = 0x20;

    private final byte[] efi;
    private final ByteBuffer bytes;
    private final List<Section> sections = new ArrayList<>();
    private final long imageBase;

    private record Section(long address, int offset, int size, boolean isCode) {}

    Scan(byte[] efi) {
      this.efi = efi;
      bytes = ByteBuffer.wrap(efi).order(ByteOrder.LITTLE_ENDIAN);
      int coff = bytes.getInt(0x3C) + 4; // CoreCheck has seen that it is inside
      int optional = coff + 20;
      int table = optional + Short.toUnsignedInt(bytes.getShort(coff + 16));
      imageBase = optional + 32 <= efi.length ? bytes.getLong(optional + 24) : 0;
      int count = Short.toUnsignedInt(bytes.getShort(coff + 2));
      for (int at = table; sections.size() < count && at + 40 <= efi.length; at += 40) {
        int size = Math.min(bytes.getInt(at + 8), bytes.getInt(at + 16));
        int offset = bytes.getInt(at + 20);
        boolean inside = offset >= 0 && size >= 0 && offset <= efi.length - size;
        sections.add(
            new Section(
                Integer.toUnsignedLong(bytes.getInt(at + 12)),
                inside ? offset : 0,
                inside ? size : 0,
                (bytes.getInt(at + 36) & CODE) != 0));
      }
    }

    /** The names of every run of (name, code) pairs. */
    List<List<String>> tables() {
      List<List<String>> tables = new ArrayList<>();
      for (Section section : sections) {
        for (int start = 0; start < ENTRY && !section.isCode(); start += POINTER) {
          readTables(section, start, tables);
        }
      }
      return tables;
    }

    private void readTables(Section section, int start, List<List<String>> tables) {
      List<String> table = new ArrayList<>();
      for (int at = start; at + ENTRY <= section.size(); at += ENTRY) {
        Optional<String> name = entry(section.offset() + at);
        name.ifPresent(table::add);
        if (name.isEmpty() && !table.isEmpty()) {
          tables.add(table);
          table = new ArrayList<>();
        }
      }
      tables.add(table);
    }

    private Optional<String> entry(int at) {
      Optional<Section> code = section(bytes.getLong(at + POINTER));
      if (code.isEmpty() || !code.get().isCode()) {
        return Optional.empty();
      }
      return name(bytes.getLong(at));
    }

    private Optional<String> name(long pointer) {
      Optional<Section> section = section(pointer).filter(s -> !s.isCode());
      if (section.isEmpty()) {
        return Optional.empty();
      }
      int from = section.get().offset() + (int) (pointer - imageBase - section.get().address());
      int end = from;
      while (end < efi.length && end - from <= LONGEST_NAME && efi[end] != 0) {
        end++;
      }
      String name = new String(efi, from, end - from, StandardCharsets.ISO_8859_1);
      return Optional.of(name).filter(text -> NAME.matcher(text).matches());
    }

    private Optional<Section> section(long pointer) {
      long address = pointer - imageBase;
      return sections.stream()
          .filter(s -> address >= s.address() && address < s.address() + s.size())
          .findFirst();
    }
  }
}
