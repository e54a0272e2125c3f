package zeroboot.cli.make;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.console.Background;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Streams;
import zeroboot.cli.keys.Signing;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageReceipt;
import zeroboot.script.BootScript;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.TargetFirmware;

/**
 * What was made, for people and for programs.
 *
 * @param form {@code script}, {@code iso}, {@code usb}, …
 * @param fileName null when it went to standard output
 * @param sha256 lower-case hexadecimal, asked for last: it takes longest
 * @param made the result itself
 * @param signing who signed it
 * @param warnings what whoever made it should know
 */
record Receipt(
    String form,
    @Nullable String fileName,
    Background<String> sha256,
    Rack rack,
    BootScript script,
    IpxeCore core,
    Made made,
    Signing signing,
    List<String> warnings) {

  /** More lines would push the farm ID off the screen. */
  private static final int SHOWN_NODES = 12;

  /** The short text on standard error. */
  void print(Streams streams) {
    PrintStream err = streams.err();
    purpose().forEach(err::println);
    err.println(
        (fileName == null ? form : fileName)
            + ": "
            + grouped(made.bytes().length)
            + " bytes, image "
            + script.imageId().shown()
            + made.firmware().map(Receipt::only).orElse(""));
    err.println("SHA-256 " + sha256.get());
    rack.defaults().kernelUrls().forEach(url -> err.println("Kernel  " + url));
    signing.print(err);
    warnings.forEach(streams::warning);
  }

  private List<String> purpose() {
    BootSpec spec = rack.defaults();
    if (spec.provisionUrl().isPresent()) {
      return List.of("Each node asks " + spec.provisionUrl().get() + "MAC what to do");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "Farm ID "
            + spec.farmId().orElseThrow()
            + " on the "
            + spec.network().shown()
            + " network");
    spec.node().ifPresent(name -> lines.add("Node " + name));
    for (RackNode node : rack.nodes().subList(0, Math.min(SHOWN_NODES, rack.nodes().size()))) {
      boolean sameFarm = node.spec().farmId().equals(spec.farmId());
      lines.add(
          "Node "
              + node.name()
              + ", MAC "
              + node.mac()
              + (sameFarm ? "" : ", farm ID " + node.spec().farmId().orElseThrow()));
    }
    if (rack.nodes().size() > SHOWN_NODES) {
      lines.add("... and " + (rack.nodes().size() - SHOWN_NODES) + " more nodes");
    }
    if (!rack.nodes().isEmpty()) {
      lines.add("Any other machine gets the profile's defaults");
    }
    return lines;
  }

  /** The same and more, as one JSON object. */
  void printJson(PrintStream out) {
    ImageReceipt receipt =
        new ImageReceipt(
            form,
            fileName,
            made.firmware(),
            made.bytes().length,
            sha256.get(),
            rack,
            script,
            core,
            made.layout(),
            warnings);
    Json.print(out, json -> receipt.writeFields(json, signing::writeFields));
  }

  /** 935,936. Java's formatter would start its locale data for this, longer than an image takes. */
  private static String grouped(int number) {
    StringBuilder digits = new StringBuilder(Integer.toString(number));
    for (int at = digits.length() - 3; at > 0; at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }

  private static String only(TargetFirmware firmware) {
    return firmware == TargetFirmware.BOTH ? "" : ", boots in " + firmware.modes();
  }
}
