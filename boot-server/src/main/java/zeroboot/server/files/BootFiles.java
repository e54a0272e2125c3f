package zeroboot.server.files;

import java.util.Optional;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/** What nodes are given. Asked in the threads that serve: what takes long has to be ready. */
public interface BootFiles {
  /** A kind of file, by the name under which it is fetched. */
  enum Kind {
    /** For BIOS machines. */
    LKRN("zboot.lkrn"),
    /** For UEFI machines. */
    EFI("zboot.efi"),
    /** For UEFI machines whose card iPXE's own drivers do not get on with. */
    CHAINED("zboot-snp.efi"),
    /** The script alone. */
    SCRIPT("zboot.ipxe");

    private final String fileName;

    Kind(String fileName) {
      this.fileName = fileName;
    }

    /** The name. */
    public String fileName() {
      return fileName;
    }
  }

  /**
   * The file of a node.
   *
   * @param node empty for one that did not say who it is
   * @param server the address at which the node reaches this machine
   */
  BootFile file(Kind kind, Optional<MacAddress> node, Ipv4Address server);

  /** Whether there is such a kind: not every iPXE has it. */
  default boolean has(Kind kind) {
    return true;
  }

  /** How many nodes the owner has named. */
  default int listed() {
    return 0;
  }

  /** What the owner calls the node. */
  Optional<String> name(MacAddress node);
}
