package zeroboot.signing.keys;

import java.nio.charset.StandardCharsets;

/**
 * A slot with an initialized token in it, as its library names both.
 *
 * @param index among all slots of the library, also those without a token
 * @param id the slot's number
 */
record Pkcs11Slot(
    int index,
    long id,
    String description,
    String manufacturer,
    String label,
    String tokenManufacturer,
    String model,
    String serial) {

  /** Whether a URI means this one. */
  boolean isMeantBy(Pkcs11Uri uri) {
    return uri.matches(Pkcs11Uri.TOKEN, label)
        && uri.matches(Pkcs11Uri.SERIAL, serial)
        && uri.matches(Pkcs11Uri.MODEL, model)
        && uri.matches(Pkcs11Uri.MANUFACTURER, tokenManufacturer)
        && uri.matches(Pkcs11Uri.SLOT_DESCRIPTION, description)
        && uri.matches(Pkcs11Uri.SLOT_MANUFACTURER, manufacturer)
        && uri.value(Pkcs11Uri.SLOT_ID)
            .map(wanted -> Long.parseLong(new String(wanted, StandardCharsets.US_ASCII)) == id)
            .orElse(true);
  }

  /** What tells it from others, for people. */
  String shown() {
    return "token=" + label + ";serial=" + serial;
  }
}
