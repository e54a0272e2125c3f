package zeroboot.server.nodes;

import java.time.Instant;
import java.util.Optional;
import zeroboot.spec.MacAddress;

/**
 * What is known of a node at one moment. Every text is printable and short, whoever sent it.
 *
 * @param mac the card that it boots by
 * @param name by the profile
 * @param firmware {@code UEFI}, {@code BIOS, iPXE}; empty until it asked by DHCP
 * @param step how far it came
 * @param since when it came there
 * @param seen when it was last heard of
 * @param address that it has
 * @param card PCI vendor and device, or what the loader calls it
 * @param serial of the machine
 * @param imageId of the loader's image
 * @param error what the node shows, or what went wrong here; empty if nothing did
 * @param why it may be silent, and what helps; empty if it is not
 * @param note what does not stop it: a kernel from the mirror that is not the latest, another
 *     loader than the usual one
 * @param boots how often it began
 */
public record Node(
    MacAddress mac,
    Optional<String> name,
    String firmware,
    NodeStep step,
    Instant since,
    Instant seen,
    Optional<String> address,
    Optional<String> card,
    Optional<String> serial,
    Optional<String> imageId,
    Optional<String> error,
    Optional<String> why,
    Optional<String> note,
    int boots) {}
