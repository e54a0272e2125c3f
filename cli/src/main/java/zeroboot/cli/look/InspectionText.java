package zeroboot.cli.look;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import zeroboot.cli.console.Paint;
import zeroboot.core.TrustRoot;
import zeroboot.image.plan.Extent;
import zeroboot.image.read.FoundFile;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumPartition;
import zeroboot.medium.Verdict;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;
import zeroboot.spec.TargetFirmware;

/** What was found in a medium, for people. */
record InspectionText(Verdict verdict) {
  private static final int MOST_NODES = 64;
  private static final int LABEL = 10;

  /** Values in a script that are there for the screen only. */
  private static final String DECORATION = "s[1-5]|hex:hex|row[0-9]";

  void print(PrintStream out, Paint paint, UnaryOperator<String> hints) {
    Medium medium = verdict.facts().medium().orElseThrow();
    out.println(medium.name() + ": " + kind(medium));
    field(out, "Size", bytes(medium.imageSize()));
    if (medium.found().isPresent()) {
      found(out, medium.found().get());
    } else if (medium.size() > medium.imageSize()) {
      field(out, "", bytes(medium.size() - medium.imageSize()) + " more follow the image");
    }
    medium.sha256().ifPresent(sha256 -> field(out, "SHA-256", sha256));
    purpose(out);
    core(out, medium);
    medium.facts().forEach(fact -> field(out, fact.label(), fact.text()));
    partitions(out, medium);
    layout(out);
    boolean isContradiction =
        verdict.facts().author() == Verdict.Author.UNCHANGED && !verdict.isAsMade();
    if (!isContradiction) {
      out.println(verdict.facts().author().sentence());
    }
    if (verdict.facts().author() != Verdict.Author.FOREIGN) {
      out.println("As made: " + (verdict.isAsMade() ? "yes" : "no"));
    }
    FindingText.print(verdict.findings(), out, paint, hints);
  }

  private void found(PrintStream out, FoundFile found) {
    field(out, "Found", found.shown());
    int pieces = found.pieces().size();
    field(
        out,
        "",
        "from byte "
            + String.format(Locale.ROOT, "%,d", found.pieces().get(0).offset())
            + " of the medium on, in "
            + (pieces == 1 ? "one piece" : pieces + " pieces"));
  }

  /** What it is, and what boots it. */
  static String kind(Medium medium) {
    String what =
        medium.ownForm().map(form -> form.title() + " of zboot").orElseGet(() -> formless(medium));
    Optional<TargetFirmware> firmware =
        medium.firmware().filter(f -> !(medium instanceof Medium.Script));
    what += medium.found().isPresent() ? " in somebody's file system" : "";
    return what + firmware.map(f -> ", boots in " + f.modes()).orElse("");
  }

  private static String formless(Medium medium) {
    if (medium instanceof Medium.Script) {
      return "iPXE script";
    }
    return medium.found().isPresent() ? "damaged UEFI file of zboot" : "not made by zboot";
  }

  private void purpose(PrintStream out) {
    if (verdict.facts().rack().isPresent()) {
      rack(out, verdict.facts().rack().get());
    } else {
      verdict.facts().settings().ifPresent(settings -> variables(out, settings.variables()));
    }
    verdict.facts().settings().ifPresent(s -> field(out, "Made by", "zboot " + s.zbootVersion()));
    verdict
        .facts()
        .imageId()
        .ifPresent(
            id ->
                field(
                    out,
                    "Image ID",
                    id.stated()
                        + (id.computed().isEmpty() ? " (cannot be checked: unknown iPXE)" : "")));
  }

  private void rack(PrintStream out, Rack rack) {
    spec(out, rack.defaults());
    List<RackNode> nodes = rack.nodes();
    for (RackNode node : nodes.subList(0, Math.min(MOST_NODES, nodes.size()))) {
      field(out, "Node", node.name() + ", MAC " + node.mac());
      spec(out, node.spec());
    }
    if (nodes.size() > MOST_NODES) {
      field(out, "", (nodes.size() - MOST_NODES) + " more nodes: --json lists them");
    }
  }

  private void spec(PrintStream out, BootSpec spec) {
    spec.provisionUrl().ifPresent(url -> field(out, "Asks", url + "MAC"));
    spec.farmId()
        .ifPresent(
            farm -> field(out, "Farm ID", farm + " on the " + spec.network().shown() + " network"));
    spec.kernelUrls().forEach(url -> field(out, "Kernel", url.value()));
    if (spec.provisionUrl().isEmpty()) {
      field(out, "Tells it", spec.commandLine().text());
    }
    for (Setting setting : spec.settings().keys()) {
      field(
          out,
          "Setting",
          setting.key() + ": " + String.join(", ", spec.settings().values(setting)));
    }
  }

  private void variables(PrintStream out, Map<String, String> variables) {
    variables.forEach(
        (name, value) -> {
          if (!name.matches(DECORATION)) {
            field(out, "Sets", name + " " + value);
          }
        });
  }

  private void core(PrintStream out, Medium medium) {
    verdict
        .facts()
        .core()
        .ifPresent(
            core -> {
              field(out, "iPXE", core.version());
              field(out, "", core.origin().orElse("a build that this zboot does not know"));
              core.trustRootSha256()
                  .ifPresentOrElse(
                      root -> field(out, "Trusts", trusts(root)),
                      () ->
                          core.trustRoots()
                              .forEach(
                                  (path, root) ->
                                      field(
                                          out,
                                          "Trusts",
                                          path.machines() + " half: " + trusts(root))));
              core.sha256().forEach((path, hash) -> field(out, path.machines() + " file", hash));
            });
    medium
        .uefi()
        .ifPresent(half -> half.signers().forEach(signer -> field(out, "Signed by", signer)));
  }

  private static String trusts(String root) {
    return root.equals(TrustRoot.IPXE.sha256())
        ? "iPXE root CA, for HTTPS"
        : root + ", for HTTPS (--trust-root)";
  }

  private void partitions(PrintStream out, Medium medium) {
    for (MediumPartition partition : medium.partitions()) {
      String place = "at " + bytes(partition.offset()) + ", " + bytes(partition.length());
      field(
          out,
          "Partition",
          partition.type() + " " + place + (partition.isActive() ? ", active" : ""));
    }
  }

  private void layout(PrintStream out) {
    for (Extent extent : verdict.facts().layout().extents()) {
      line(out, "", extent);
      for (Extent view : verdict.facts().layout().views()) {
        if (extent.contains(view)) {
          line(out, "  ", view);
        }
      }
    }
  }

  private static void line(PrintStream out, String indent, Extent extent) {
    String place = String.format(Locale.ROOT, "%,9d %,9d", extent.offset(), extent.length());
    out.println("  " + place + "  " + indent + extent.name());
  }

  /** Of the column of labels. */
  private int width() {
    return verdict.facts().medium().orElseThrow().facts().stream()
        .mapToInt(fact -> fact.label().length())
        .reduce(LABEL, Math::max);
  }

  private void field(PrintStream out, String label, String text) {
    out.println(String.format("  %-" + width() + "s ", label) + text);
  }

  private static String bytes(long number) {
    return String.format(Locale.ROOT, "%,d bytes", number);
  }
}
