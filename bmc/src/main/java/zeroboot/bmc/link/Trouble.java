package zeroboot.bmc.link;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import zeroboot.ground.VisibleText;

/**
 * What a controller says of an error, in whatever shape it comes: the standard's (DSP0266 section
 * 8.6), a list or one object of extended information, at the root or inside, or plain text.
 *
 * @param id the message's, {@code IDRAC.2.8.VRM0012}; empty if there is none
 * @param message in the controller's words, one line
 * @param names parameters and properties that it is about
 */
public record Trouble(String id, String message, List<String> names) {
  private static final int LONGEST = 200;

  /** Of a text that is searched; no maker says more. */
  private static final int MOST_SEARCHED = 4096;

  private static final String INFO = "@Message.ExtendedInfo";

  /** What these say is said better by what stands beside them. */
  private static final List<String> EMPTY_WORDS =
      List.of("GeneralError", "ExtendedInfo", "ExtendedError");

  /** Cuts what is longer than anybody would read. */
  public Trouble {
    id = cut(id, LONGEST);
    names = names.stream().limit(LONGEST).toList();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }

  /** The trouble in an answer; one without words if it says none. */
  static Trouble of(Answer answer) {
    return of(answer, text -> text);
  }

  /**
   * Likewise, with what must not be shown taken out of every text, before any is cut short.
   *
   * @param mask takes it out
   */
  static Trouble of(Answer answer, UnaryOperator<String> mask) {
    JsonObject json = masked(answer.json(), mask).getAsJsonObject();
    List<Trouble> all = new ArrayList<>();
    for (String name : List.of("error", "Error")) {
      JsonObject error = Fields.object(json, name);
      add(all, error.get(INFO));
      all.add(
          new Trouble(
              Fields.text(error, "code").orElse(""),
              plain(
                  Fields.text(error, "message").or(() -> Fields.text(error, "Message")).orElse("")),
              List.of()));
    }
    add(all, json.get(INFO));
    Fields.text(json, "error").ifPresent(text -> all.add(new Trouble("", plain(text), List.of())));
    if (json.size() == 0 && !answer.text().strip().equals("{}")) {
      all.add(
          new Trouble(
              "",
              plain(cut(mask.apply(answer.text()), MOST_SEARCHED).replaceAll("<[^>]*>", " ")),
              List.of()));
    }
    return all.stream()
        .filter(each -> !each.id.isEmpty() && EMPTY_WORDS.stream().noneMatch(each.id::endsWith))
        .findFirst()
        .or(() -> all.stream().filter(each -> !each.message.isEmpty()).findFirst())
        .orElse(new Trouble("", "", List.of()));
  }

  private static JsonElement masked(JsonElement json, UnaryOperator<String> mask) {
    if (json instanceof JsonObject object) {
      JsonObject masked = new JsonObject();
      object
          .entrySet()
          .forEach(each -> masked.add(mask.apply(each.getKey()), masked(each.getValue(), mask)));
      return masked;
    }
    if (json instanceof JsonArray array) {
      JsonArray masked = new JsonArray();
      array.forEach(each -> masked.add(masked(each, mask)));
      return masked;
    }
    return json instanceof JsonPrimitive text && text.isString()
        ? new JsonPrimitive(mask.apply(text.getAsString()))
        : json;
  }

  private static void add(List<Trouble> all, JsonElement info) {
    if (info instanceof JsonArray array) {
      array.forEach(each -> add(all, each));
    } else if (info instanceof JsonObject object) {
      List<String> names = new ArrayList<>(Fields.texts(object, "MessageArgs"));
      Fields.texts(object, "RelatedProperties")
          .forEach(path -> names.add(path.replaceFirst(".*[/.]", "").replaceFirst("^#", "")));
      String id =
          Fields.text(object, "MessageId").or(() -> Fields.text(object, "MessageID")).orElse("");
      String message = plain(Fields.text(object, "Message").orElse(""));
      if (!id.isEmpty() || !message.isEmpty()) {
        all.add(new Trouble(id, message, List.copyOf(names)));
      }
    }
  }

  private static String plain(String text) {
    return cut(VisibleText.of(cut(text, MOST_SEARCHED).replaceAll("\\s+", " ").strip()), LONGEST);
  }

  /** Whether it is one of these messages of any registry, by the last part of the name. */
  public boolean is(String... messages) {
    return List.of(messages).contains(id.replaceFirst(".*\\.", ""));
  }

  /** Whether it means that all is well. */
  public boolean isSuccess() {
    return is("Success", "NoError", "OK");
  }

  /** For people. */
  String shown(int status) {
    String words = message.isEmpty() ? "" : message;
    String name = id.isEmpty() ? "HTTP " + status : id;
    return words.isEmpty() ? name : words.replaceFirst("\\.$", "") + " (" + name + ")";
  }

  /** What helps, where it is known. */
  String mend(int status) {
    String said = (id + " " + message).toLowerCase(Locale.ROOT);
    if (said.contains("licen")) {
      return "virtual drives need a licence here: iLO Advanced, XCC Enterprise, SFT-DCMS-SINGLE,"
          + " iDRAC Enterprise";
    }
    if (status == 403 || said.contains("privilege")) {
      return "give the user the right to use virtual media and to switch the power";
    }
    if (is("RAC0904", "UnsupportedVirtualMediaURL", "CouldNotEstablishConnection")) {
      return "can the controller's network reach that address? --address names another";
    }
    if (is("RAC0218") || said.contains("session")) {
      return "end a session in its web page, or wait half an hour";
    }
    return status >= 500
        ? "try again; if it stays so, restart the controller"
        : "the words are the controller's, and its log may say more";
  }
}
