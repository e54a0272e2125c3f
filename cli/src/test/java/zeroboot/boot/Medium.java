package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import zeroboot.cli.CliRun;
import zeroboot.image.Form;

/**
 * An image for farm 4242 on the main network, made the way a farmer makes it.
 *
 * @param imageId as the receipt names it
 * @param partition where the FAT partition begins, in bytes; 0 in a form without one
 */
record Medium(Path file, String imageId, int partition) {
  static Medium usb(Path folder, String... options) {
    return make("usb", folder, options);
  }

  static Medium iso(Path folder, String... options) {
    return make("iso", folder, options);
  }

  static Medium make(String command, Path folder, String... options) {
    return make(List.of(command), folder, options);
  }

  static Medium make(Form form, Path folder, String... options) {
    return make(form.command(), folder, options);
  }

  private static Medium make(List<String> command, Path folder, String... options) {
    Path file = newFile(folder, command.get(0));
    List<String> args = new ArrayList<>(command);
    args.addAll(List.of("--farm-id", "4242"));
    args.addAll(List.of("--json", "--force", "-o", file.toString()));
    args.addAll(List.of(options));
    CliRun run = CliRun.of(args.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    JsonObject receipt = run.json();
    return new Medium(file, receipt.get("imageId").getAsString(), partition(receipt));
  }

  private static int partition(JsonObject receipt) {
    for (JsonElement extent : receipt.getAsJsonArray("layout")) {
      if (extent.getAsJsonObject().get("name").getAsString().equals("FAT file system")) {
        return extent.getAsJsonObject().get("offset").getAsInt();
      }
    }
    return 0;
  }

  private static Path newFile(Path folder, String form) {
    try {
      return Files.createTempFile(folder, form, ".img");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
