package zeroboot.cli.look;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Paint;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.settings.CoreOption;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.reach.Found;
import zeroboot.reach.Limits;
import zeroboot.reach.Means;
import zeroboot.reach.ServerCheck;
import zeroboot.signing.keys.TlsRoot;
import zeroboot.signing.keys.Trust;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;

/** {@code zboot check}. */
@Command(
    addMethodSubcommands = false,
    name = "check",
    description = "Tells, from this computer, whether nodes could fetch a kernel.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example: zboot check --farm-id 4242",
      "Exit code 6: a node would not get its kernel from one of them."
    })
public final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      description = "Of a kernel. Default: those that an image of these settings would fetch.")
  List<String> urls = new ArrayList<>();

  @Mixin final SettingsOptions settings = SettingsOptions.withoutFarm();
  @Mixin final CoreOption core = new CoreOption();

  @Option(
      names = "--trust-root",
      paramLabel = "CERT",
      description = "The one root that the image would trust.")
  @Nullable Path trustRoot;

  @Option(
      names = "--secure-boot-cert",
      paramLabel = "CERT",
      description = "Who signed the kernel (db.pem); it is fetched whole.")
  List<Path> secureBoot = new ArrayList<>();

  @Option(names = "--json", description = "Print what was found as JSON.")
  boolean json;

  private final Session session;

  CheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Set<KernelUrl> all = urls();
    IpxeCore ipxe = core.load(session.cores());
    ServerCheck check =
        new ServerCheck(
            new Means(ipxe, root(ipxe)),
            Trust.of(secureBoot),
            session.clock().instant(),
            Limits.USUAL);
    Map<KernelUrl, List<Found>> found = new LinkedHashMap<>();
    for (KernelUrl url : all) {
      found.put(url, check.look(url));
      if (!json) {
        print(url, found.get(url));
      }
    }
    if (json) {
      Json.print(session.streams().out(), fields -> write(fields, ipxe, found));
    }
    List<KernelUrl> failed = all.stream().filter(url -> fails(found.get(url))).toList();
    if (!failed.isEmpty()) {
      throw ZbootException.trial(
          failed.get(0).value(),
          failed.size() == 1
              ? "a node would get no kernel from there, see above"
              : "a node would get no kernel from there, nor from "
                  + (failed.size() - 1)
                  + " more, see above",
          "mend what says FAILED");
    }
    return ExitCode.OK;
  }

  private Set<KernelUrl> urls() {
    if (!urls.isEmpty()) {
      if (settings.isGiven()) {
        throw ZbootException.usage(
            urls.get(0), "a URL and settings, which have URLs of their own", "give one of both");
      }
      return new LinkedHashSet<>(urls.stream().map(KernelUrl::parse).toList());
    }
    Set<KernelUrl> all = new LinkedHashSet<>();
    Rack rack = settings.toRack();
    Stream.concat(Stream.of(rack.defaults()), rack.nodes().stream().map(RackNode::spec))
        .forEach(spec -> all.addAll(spec.kernelUrls()));
    if (all.isEmpty()) {
      throw ZbootException.usage(
          "check", "these settings name no kernel: a server tells it", "give its URL");
    }
    return all;
  }

  private Optional<X509Certificate> root(IpxeCore ipxe) {
    return Optional.ofNullable(trustRoot)
        .map(file -> TlsRoot.read(file, session.clock().instant(), ipxe).certificate());
  }

  private static boolean fails(@Nullable List<Found> found) {
    return found != null && found.stream().anyMatch(one -> one.result() == Found.Result.FAILED);
  }

  private void print(KernelUrl url, List<Found> found) {
    PrintStream out = session.streams().out();
    Paint paint = session.streams().outPaint();
    out.println(Shown.line(url.value()));
    for (Found one : found) {
      String result =
          switch (one.result()) {
            case OK -> paint.good("ok    ");
            case NOTE -> "note  ";
            case FAILED -> paint.bad("FAILED");
          };
      out.printf("%s  %s: %s%n", result, one.about(), Shown.line(one.says()));
    }
    out.flush();
  }

  private static void write(JsonWriter fields, IpxeCore ipxe, Map<KernelUrl, List<Found>> all)
      throws IOException {
    fields.name("coreVersion").value(ipxe.version());
    fields.name("reachable").value(all.values().stream().noneMatch(CheckCommand::fails));
    fields.name("urls").beginArray();
    for (Map.Entry<KernelUrl, List<Found>> one : all.entrySet()) {
      fields.beginObject();
      fields.name("url").value(one.getKey().value());
      fields.name("reachable").value(!fails(one.getValue()));
      fields.name("checks").beginArray();
      for (Found found : one.getValue()) {
        fields.beginObject();
        fields.name("result").value(Json.lower(found.result()));
        fields.name("check").value(found.about());
        fields.name("says").value(found.says());
        fields.endObject();
      }
      fields.endArray();
      fields.endObject();
    }
    fields.endArray();
  }
}
