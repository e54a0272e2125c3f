package zeroboot.cli.settings;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;
import zeroboot.image.Form;
import zeroboot.image.Forms;

/** Which partition table a disk image has. */
public final class TableOption {
  /** By their tables, in the order of {@link Forms#ALL}. */
  private static final Map<String, Form> FORMS =
      Forms.ALL.stream()
          .filter(form -> form.table().isPresent())
          .collect(
              Collectors.toMap(
                  form -> form.table().orElseThrow(),
                  form -> form,
                  (one, other) -> one,
                  LinkedHashMap::new));

  @Option(
      names = Form.TABLE,
      paramLabel = "NAME",
      defaultValue = "mbr",
      completionCandidates = Names.class,
      description = "Partition table: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  String table = "mbr";

  /** For the completion of the option. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return FORMS.keySet().iterator();
    }
  }

  /** Whether something else than the usual was asked for. */
  public boolean isGiven() {
    return !form().equals(Forms.USB);
  }

  /** The form of a disk image with the table that was chosen. */
  public Form form() {
    Form form = FORMS.get(table.toLowerCase(Locale.ROOT));
    if (form == null) {
      throw ZbootException.usage(
          Form.TABLE + " " + table,
          "there is no such partition table",
          Spelling.mend(table, List.copyOf(FORMS.keySet())));
    }
    return form;
  }
}
