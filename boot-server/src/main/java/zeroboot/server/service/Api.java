package zeroboot.server.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.util.Fields;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.SettingsTable;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.spec.TargetFirmware;

/**
 * The API for programs, version 1: {@code /api/v1/images/FORM} with every setting by its name
 * behind the question mark.
 */
final class Api {
  /** Of an image, beside the settings. */
  static final String FIRMWARE = "firmware";

  /** Which version of the image is meant; answers of that may be kept for ever. */
  static final String VERSION = "v";

  private static final int PARTS_OF_AN_IMAGE = 4;

  private final Texts texts;
  private final Downloads downloads;
  private final Visitors visitors;
  private final KernelPages kernels;

  Api(Texts texts, Downloads downloads, Visitors visitors, KernelPages kernels) {
    this.kernels = kernels;
    this.texts = texts;
    this.downloads = downloads;
    this.visitors = visitors;
  }

  /**
   * Answers.
   *
   * @throws ZbootException (settings) if what is asked for is not acceptable
   */
  void answer(List<String> parts, Replies reply) {
    String name = parts.size() > 2 ? parts.get(2) : "";
    if (name.equals("images") && parts.size() >= PARTS_OF_AN_IMAGE) {
      image(parts, reply);
    } else if (parts.size() > 3) {
      reply.text(404, texts.get("error.api"));
    } else if (name.equals("kernels") && kernels.isThere()) {
      kernels.list(reply);
    } else if (name.equals("settings")) {
      reply.text(
          200,
          Downloads.JSON,
          ApiJson.text(
              json -> {
                json.name("format").value(1);
                SettingsTable.write(json);
              }));
    } else if (name.equals("openapi.json")) {
      reply.text(
          200, Downloads.JSON, OpenApi.document(visitors.base(reply.request()), kernels.isThere()));
    } else {
      reply.text(404, texts.get("error.api"));
    }
  }

  private void image(List<String> parts, Replies reply) {
    String what = parts.size() > PARTS_OF_AN_IMAGE ? parts.get(PARTS_OF_AN_IMAGE) : Downloads.IMAGE;
    if (parts.size() > PARTS_OF_AN_IMAGE + 1
        || (parts.size() > PARTS_OF_AN_IMAGE && what.equals(Downloads.IMAGE))) {
      reply.text(404, texts.get("error.api"));
      return;
    }
    downloads.give(wanted(parts.get(3), reply.query()), what, reply);
  }

  private static Wanted wanted(String name, Fields query) {
    Optional<Form> form = Forms.named(name);
    if (form.isEmpty() && !name.equals(Wanted.SCRIPT)) {
      throw ZbootException.settings(
          "form '" + name + "'", "there is no such form", Spelling.mend(name, Wanted.forms()));
    }
    Settings settings = Settings.NONE;
    for (Fields.Field field : query) {
      if (!Set.of(FIRMWARE, VERSION).contains(field.getName())) {
        settings = with(settings, field);
      }
    }
    Rack rack = Rack.of(BootSpec.of(settings));
    String firmware = query.getValue(FIRMWARE);
    return firmware == null
        ? Wanted.of(form, rack)
        : new Wanted(form, firmware(form, firmware), rack);
  }

  private static Settings with(Settings settings, Fields.Field field) {
    Setting setting =
        Setting.of(field.getName())
            .orElseThrow(
                () ->
                    ZbootException.settings(
                        "'" + field.getName() + "'",
                        "there is no such setting",
                        Spelling.mend(field.getName(), Setting.keys())));
    List<String> values = field.getValues();
    if (values.size() > 1 && !setting.isRepeatable()) {
      throw ZbootException.settings(setting.key(), "is given twice", "give it once");
    }
    return settings.with(setting, values, setting.key());
  }

  private static TargetFirmware firmware(Optional<Form> form, String text) {
    TargetFirmware firmware = TargetFirmware.parse(text);
    if (form.isEmpty() || !form.get().isFor(firmware)) {
      throw ZbootException.settings(
          "firmware '" + text + "'",
          "is nothing that this form could boot",
          "leave it out, or use another form");
    }
    return firmware;
  }
}
