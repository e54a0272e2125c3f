package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;

/** What a computer boots next, once. */
public final class BootOrder {
  private final Computer computer;
  private final Session session;

  BootOrder(Computer computer) {
    this.computer = computer;
    session = computer.session();
  }

  /**
   * From the virtual drive, once, in the maker's way.
   *
   * @return what was set, as it reads back
   * @throws BmcException if nothing of it reads back
   */
  public String fromDrive(Drive drive) {
    Optional<String> imported = DellImport.of(computer).flatMap(DellImport::bootOnce);
    if (imported.isPresent()) {
      return imported.get();
    }
    return override(targets(drive), Optional.empty());
  }

  /** By HTTP of the firmware itself; empty if the resource does not show that it can. */
  public Optional<String> fromHttp(String url) {
    JsonObject boot = Fields.object(computer.system().json(), "Boot");
    boolean shows = boot.has("HttpBootUri") && allowed(boot).contains("UefiHttp");
    return shows ? Optional.of(override(List.of("UefiHttp"), Optional.of(url))) : Optional.empty();
  }

  /** From the network, once. */
  public String fromNetwork() {
    return override(List.of("Pxe"), Optional.empty());
  }

  /** Takes back a boot that was ordered and has not happened. */
  public void forget() {
    JsonObject boot = new JsonObject();
    boot.addProperty("BootSourceOverrideEnabled", "Disabled");
    JsonObject body = new JsonObject();
    body.add("Boot", boot);
    Resource system = computer.system();
    List<Resource> places = new ArrayList<>(List.of(system));
    settings(system).ifPresent(places::add);
    for (Resource each : places) {
      if (isOnce(Fields.object(each.json(), "Boot"))) {
        Answer answer = patient(each, body);
        if (!answer.isGood()) {
          throw session.refused("to forget the boot that was ordered", answer);
        }
      }
    }
  }

  /** What is to be at the next boot, where that is a resource of its own (DSP0266, settings). */
  private Optional<Resource> settings(Resource system) {
    return Fields.link(Fields.object(system.json(), "@Redfish.Settings"), "SettingsObject")
        .map(path -> Resource.read(session, path));
  }

  private static boolean isOnce(JsonObject boot) {
    return Fields.text(boot, "BootSourceOverrideEnabled").filter("Once"::equals).isPresent();
  }

  private static List<String> allowed(JsonObject boot) {
    return Fields.texts(boot, "BootSourceOverrideTarget@Redfish.AllowableValues");
  }

  /** Those that the maker's machines understand, of those that it lists, if it lists any. */
  private List<String> targets(Drive drive) {
    List<String> listed = allowed(Fields.object(computer.system().json(), "Boot"));
    List<String> wanted = new ArrayList<>(computer.maker().targets());
    if (!drive.types().isEmpty() && !drive.isCd()) {
      wanted.remove("Usb");
      wanted.add(0, "Usb");
    }
    List<String> offered =
        wanted.stream().filter(each -> listed.isEmpty() || listed.contains(each)).toList();
    if (offered.isEmpty()) {
      throw BmcException.of(
          BmcException.Kind.CANNOT,
          "it offers no boot from a virtual drive (only " + listed + ")",
          "set the boot order in the machine's setup, or boot from the network");
    }
    return offered;
  }

  private String override(List<String> targets, Optional<String> url) {
    BmcException last = null;
    for (String target : targets) {
      for (boolean withMode : modes()) {
        try {
          if (set(fields(target, withMode, url), target)) {
            return "once from " + target;
          }
          last =
              BmcException.of(
                  BmcException.Kind.NO_EFFECT,
                  "it took the boot from " + target + ", and reads back another",
                  "its firmware may need an update, or the boot order be set by hand");
        } catch (BmcException e) {
          if (e.kind() != BmcException.Kind.REFUSED || e.status() == 403) {
            throw e;
          }
          last = e;
        }
      }
    }
    throw last == null
        ? BmcException.of(
            BmcException.Kind.CANNOT, "there is nothing to boot from", "see its setup")
        : last;
  }

  private List<Boolean> modes() {
    return switch (computer.maker().mode()) {
      case FIRST -> List.of(true, false);
      case LAST -> List.of(false, true);
      case NEVER -> List.of(false);
    };
  }

  private JsonObject fields(String target, boolean withMode, Optional<String> url) {
    JsonObject boot = new JsonObject();
    boot.addProperty("BootSourceOverrideEnabled", "Once");
    boot.addProperty("BootSourceOverrideTarget", target);
    if (withMode) {
      String mode =
          Fields.text(Fields.object(computer.system().json(), "Boot"), "BootSourceOverrideMode")
              .orElse("UEFI");
      boot.addProperty("BootSourceOverrideMode", mode);
    }
    url.ifPresent(value -> boot.addProperty("HttpBootUri", value));
    JsonObject body = new JsonObject();
    body.add("Boot", boot);
    return body;
  }

  /**
   * Changes the system, or its settings where those are apart and nothing reads back: some take a
   * change of the system, too, and forget it. Whether it reads back.
   */
  private boolean set(JsonObject body, String target) {
    Resource system = computer.system();
    Answer answer = patient(system, body);
    if (answer.isGood() && reads(computer.system(), target)) {
      return true;
    }
    Optional<Resource> apart = settings(system);
    if (apart.isPresent()) {
      answer = patient(apart.get(), body);
      if (answer.isGood()) {
        return reads(apart.get().again(session), target) || reads(computer.system(), target);
      }
    }
    if (!answer.isGood()) {
      throw session.refused("to boot once from " + target, answer);
    }
    return false;
  }

  private static boolean reads(Resource system, String target) {
    JsonObject boot = Fields.object(system.json(), "Boot");
    return isOnce(boot)
        && Fields.text(boot, "BootSourceOverrideTarget").filter(target::equals).isPresent();
  }

  /** A machine in its self-test refuses for a minute or two. */
  private Answer patient(Resource resource, JsonObject body) {
    long deadline = System.nanoTime() + session.times().busy().toNanos();
    while (true) {
      Answer answer;
      try {
        answer = resource.patch(session, body);
      } catch (BmcException e) {
        if (ActionWay.isUnknown(e)) {
          return new Answer(200, Map.of(), ""); // it is read back
        }
        throw e;
      }
      boolean again =
          !answer.isGood()
              && isInSelfTest(session.refused("to set the boot order", answer))
              && System.nanoTime() < deadline;
      if (!again) {
        return answer;
      }
      session.times().pause();
    }
  }

  static boolean isInSelfTest(BmcException refused) {
    return refused
        .trouble()
        .filter(said -> said.is("UnableToModifyDuringSystemPOST", "ResourceInUse", "SystemInPOST"))
        .isPresent();
  }
}
