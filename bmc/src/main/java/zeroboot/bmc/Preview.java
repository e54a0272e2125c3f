package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import zeroboot.bmc.link.Fields;

/**
 * The calls that a deployment begins with, without making them. What a controller answers may lead
 * to others: further fields, another drive, another way.
 */
public final class Preview {
  private Preview() {}

  /**
   * Each as {@code METHOD path body}.
   *
   * @param mayGo whether what is in a drive may be thrown out
   */
  public static List<String> of(Controller controller, String url, Predicate<String> mayGo) {
    List<String> calls = new ArrayList<>();
    Optional<Resource> first = controller.drives().firstCandidate();
    if (first.isPresent()) {
      Drive drive = Drive.of(first.get(), controller.computer().maker());
      if (drive.inserted()) {
        String held = drive.image().orElse("what is in " + drive.id());
        if (!mayGo.test(drive.image().orElse(""))) {
          return List.of(drive.id() + " holds " + held + ", and stays as it is without --replace");
        }
        calls.add("take out " + held);
      }
      calls.add(insert(first.get(), url));
    } else {
      controller
          .drives()
          .configurations()
          .forEach(
              path ->
                  calls.add("PATCH " + path + " with host and path of " + url + ", and mount it"));
    }
    if (calls.isEmpty()) {
      calls.add("no virtual drive is shown");
    }
    Optional<DellImport> imported = DellImport.of(controller.computer());
    Resource system = controller.computer().system();
    calls.add(
        imported
            .map(each -> "POST " + each.target() + " with ServerBoot.1#BootOnce")
            .orElseGet(
                () ->
                    "PATCH "
                        + system.path()
                        + " with Boot: Once, the first of "
                        + controller.computer().maker().targets()
                        + " that it offers"));
    String reset =
        Fields.text(Fields.object(system.json(), "Actions", "#ComputerSystem.Reset"), "target")
            .orElse("no way to switch the power");
    if (controller.power().isOn()) {
      calls.add("POST " + reset + " {\"ResetType\":\"ForceOff\"}");
    }
    calls.add("POST " + reset + " {\"ResetType\":\"On\"}");
    return calls;
  }

  private static String insert(Resource drive, String url) {
    JsonObject body = new JsonObject();
    body.addProperty("Image", url);
    Optional<String> target =
        Fields.text(Fields.object(drive.json(), "Actions", "#VirtualMedia.InsertMedia"), "target");
    return target.map(path -> "POST " + path).orElse("PATCH " + drive.path()) + " " + body;
  }
}
