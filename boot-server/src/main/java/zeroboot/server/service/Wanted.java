package zeroboot.server.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/**
 * What somebody asks for, checked.
 *
 * @param form empty for the script alone
 * @param firmware what it shall boot
 * @param rack what it tells nodes
 */
record Wanted(Optional<Form> form, TargetFirmware firmware, Rack rack) {
  static final String SCRIPT = "script";

  /** The names of all that can be asked for. */
  static List<String> forms() {
    List<String> forms = new ArrayList<>(Forms.names());
    forms.add(SCRIPT);
    return forms;
  }

  /** For all that a form can boot. */
  static Wanted of(Optional<Form> form, Rack rack) {
    return new Wanted(form, form.map(Form::firmware).orElse(TargetFirmware.BOTH), rack);
  }

  /** The name of its form. */
  String shown() {
    return form.map(Form::shown).orElse(SCRIPT);
  }

  /** The same, and what it boots if that is not all that it could. */
  String shownWhole() {
    boolean isAll = form.isEmpty() || form.get().firmware() == firmware;
    return shown() + (isAll ? "" : "-" + firmware.shown());
  }

  /** What a download is called: farm and network are in it. */
  String fileName() {
    return form.map(each -> each.fileName(rack, firmware))
        .orElseGet(() -> Forms.LKRN.fileName(rack).replaceFirst("lkrn$", "ipxe"));
  }
}
