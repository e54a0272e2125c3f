package zeroboot.cli.look;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Paint;
import zeroboot.cli.console.Shown;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding;
import zeroboot.medium.FoundSignature;
import zeroboot.medium.Passed;
import zeroboot.medium.Verdict;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;

/** A verdict, for people and for programs: whom a medium serves, who signed it, what is wrong. */
record VerdictText(Verdict verdict) {
  /** Who reads whether a medium is sound also has to see whose it is. */
  void print(PrintStream out, Paint paint, UnaryOperator<String> hints) {
    String name = verdict.facts().name();
    out.println(Shown.line(name + ": " + kind()));
    if (verdict.facts().rack().isPresent()) {
      purpose(verdict.facts().rack().get()).forEach((line) -> out.println(Shown.line(line)));
    } else {
      field(out, "Farm ID", "unknown");
      field(out, "Kernel", "unknown");
    }
    field(out, "Image ID", imageId().orElse("none"));
    for (FoundSignature signature : verdict.signatures()) {
      field(out, "Signed by", signer(signature));
    }
    if (verdict.signatures().isEmpty()) {
      field(out, "Signed by", "nobody");
    }
    FindingText.printPassed(verdict.passed(), out, paint);
    FindingText.print(verdict.findings(), out, paint, hints);
  }

  private String kind() {
    return verdict.facts().medium().map(InspectionText::kind).orElse("not made by zboot");
  }

  private Optional<String> imageId() {
    return verdict.facts().imageId().map(Verdict.ImageIdCheck::stated);
  }

  private static Set<String> purpose(Rack rack) {
    Set<String> lines = new LinkedHashSet<>();
    Stream.concat(Stream.of(rack.defaults()), rack.nodes().stream().map(RackNode::spec))
        .forEach(spec -> purpose(spec, lines));
    return lines;
  }

  private static void purpose(BootSpec spec, Set<String> lines) {
    spec.provisionUrl().ifPresent(url -> lines.add(labelled("Asks", url + "MAC")));
    spec.farmId()
        .ifPresent(
            farm ->
                lines.add(
                    labelled("Farm ID", farm + " on the " + spec.network().shown() + " network")));
    spec.kernelUrls().forEach(url -> lines.add(labelled("Kernel", url.value())));
  }

  private static String signer(FoundSignature signature) {
    String who = signature.signer().isEmpty() ? "unknown" : signature.signer();
    String what =
        signature.kind() == FoundSignature.Kind.DETACHED ? "all of it" : signature.where();
    return who + " (" + what + (signature.isIntact() ? ")" : ", broken)");
  }

  private static void field(PrintStream out, String label, String text) {
    out.println(Shown.line(labelled(label, text)));
  }

  private static String labelled(String label, String text) {
    return String.format("  %-10s ", label) + text;
  }

  void write(JsonWriter json) throws IOException {
    json.name("file").value(verdict.facts().name());
    json.name("kind").value(verdict.facts().medium().map(Medium::kind).orElse(Medium.FOREIGN));
    json.name("verified").value(verdict.failures().isEmpty());
    json.name("asMade").value(verdict.isAsMade());
    InspectionJson.writePurpose(json, verdict);
    json.name("signatures").beginArray();
    for (FoundSignature signature : verdict.signatures()) {
      json.beginObject();
      json.name("kind").value(Json.lower(signature.kind()));
      json.name("where").value(signature.where());
      json.name("signer").value(signature.signer());
      json.name("certificateSha256").value(signature.sha256());
      json.name("intact").value(signature.isIntact());
      json.name("trusted").value(signature.isTrusted());
      json.endObject();
    }
    json.endArray();
    json.name("checks").beginArray();
    for (Passed one : verdict.passed()) {
      check(json, "ok", one.about(), one.says());
    }
    for (Finding one : verdict.findings()) {
      check(json, one.isFailed() ? "failed" : "note", one.kind().about(), one.says());
    }
    json.endArray();
    FindingText.write(json, verdict.findings());
  }

  private static void check(JsonWriter json, String result, String about, String says)
      throws IOException {
    json.beginObject();
    json.name("result").value(result);
    json.name("check").value(about);
    json.name("says").value(says);
    json.endObject();
  }
}
