package zeroboot.signing.keys;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A PKCS #11 library (Cryptographic Token Interface Base Specification 2.40), asked for what Java's
 * own provider does not tell: the labels of tokens, and which certificate has which ID. It looks,
 * and changes nothing.
 *
 * <p>It stays initialized: Java's provider, which signs, takes it as it is, and both see the same
 * slots.
 */
final class Pkcs11Library {
  private static final long CKR_ALREADY_INITIALIZED = 0x191;
  private static final long CKF_OS_LOCKING_OK = 2;
  private static final long CKF_TOKEN_PRESENT = 1;
  private static final long CKF_TOKEN_INITIALIZED = 0x400;
  private static final long CKF_SERIAL_SESSION = 4;

  private static final int LONG = NativeLong.SIZE;
  private static final int ATTRIBUTE = LONG + Native.POINTER_SIZE + LONG;

  /** More objects than that no signing token has. */
  private static final int MOST = 4096;

  private final Pkcs11Functions functions;

  /** The library answered with a code other than CKR_OK. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(long code) {
      super(String.format("PKCS #11 code 0x%x", code));
    }
  }

  /**
   * The library itself.
   *
   * @param version MAJOR.MINOR
   */
  record About(String description, String manufacturer, String version) {}

  /** Kinds of objects (CKA_CLASS). */
  enum Kind {
    CERTIFICATE(1),
    PRIVATE_KEY(3);

    private final long value;

    Kind(long value) {
      this.value = value;
    }
  }

  /** Attributes of objects. */
  private enum Attribute {
    CLASS(0),
    LABEL(3),
    VALUE(0x11),
    ID(0x102);

    private final long type;

    Attribute(long type) {
      this.type = type;
    }
  }

  private Pkcs11Library(Pkcs11Functions functions) {
    this.functions = functions;
  }

  /**
   * Loads a library and initializes it.
   *
   * @throws UnsatisfiedLinkError if it is none
   */
  static Pkcs11Library open(Path file) throws Refused {
    Pkcs11Library library = new Pkcs11Library(Pkcs11Functions.load(file));
    Memory arguments = new Memory(6L * Native.POINTER_SIZE);
    arguments.clear();
    arguments.setNativeLong(4L * Native.POINTER_SIZE, new NativeLong(CKF_OS_LOCKING_OK));
    long code = library.functions.code(Pkcs11Functions.INITIALIZE, arguments);
    if (code != CKR_ALREADY_INITIALIZED) {
      Pkcs11Functions.check(code);
    }
    return library;
  }

  About about() throws Refused {
    Memory info = new Memory(256);
    info.clear();
    functions.call(Pkcs11Functions.GET_INFO, info);
    int flags = Pkcs11Functions.PACKED ? 34 : aligned(34);
    int description = flags + LONG;
    String version = info.getByte(description + 32L) + "." + info.getByte(description + 33L);
    return new About(text(info, description, 32), text(info, 2, 32), version);
  }

  /** All slots with a token that can hold keys, in the order of the library. */
  List<Pkcs11Slot> slots() throws Refused {
    Memory count = new Memory(LONG);
    functions.call(Pkcs11Functions.GET_SLOT_LIST, (byte) 0, Pointer.NULL, count);
    Memory ids = new Memory(Math.max(1, count.getNativeLong(0).longValue()) * LONG);
    functions.call(Pkcs11Functions.GET_SLOT_LIST, (byte) 0, ids, count);
    List<Pkcs11Slot> slots = new ArrayList<>();
    for (int i = 0; i < count.getNativeLong(0).longValue(); i++) {
      slot(i, ids.getNativeLong((long) i * LONG)).ifPresent(slots::add);
    }
    return slots;
  }

  private Optional<Pkcs11Slot> slot(int index, NativeLong id) throws Refused {
    Memory slot = new Memory(256);
    slot.clear();
    functions.call(Pkcs11Functions.GET_SLOT_INFO, id, slot);
    if ((slot.getNativeLong(96).longValue() & CKF_TOKEN_PRESENT) == 0) {
      return Optional.empty();
    }
    Memory token = new Memory(512);
    token.clear();
    // A token that was pulled out just now, or cannot be read, is not there.
    if (functions.code(Pkcs11Functions.GET_TOKEN_INFO, id, token) != Pkcs11Functions.CKR_OK
        || (token.getNativeLong(96).longValue() & CKF_TOKEN_INITIALIZED) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Pkcs11Slot(
            index,
            id.longValue(),
            text(slot, 0, 64),
            text(slot, 64, 32),
            text(token, 0, 32),
            text(token, 32, 32),
            text(token, 64, 16),
            text(token, 80, 16)));
  }

  /**
   * The certificates (DER) with the IDs of the objects that are meant. To see those that the token
   * hides, log in first: a login holds for the whole process.
   *
   * @param kinds of objects that are looked at
   */
  List<byte[]> certificates(
      Pkcs11Slot slot, List<Kind> kinds, Optional<byte[]> label, Optional<byte[]> id)
      throws Refused {
    Memory handle = new Memory(LONG);
    functions.call(
        Pkcs11Functions.OPEN_SESSION,
        new NativeLong(slot.id()),
        new NativeLong(CKF_SERIAL_SESSION),
        Pointer.NULL,
        Pointer.NULL,
        handle);
    NativeLong session = handle.getNativeLong(0);
    try {
      List<byte[]> ids = new ArrayList<>();
      for (Kind kind : kinds) {
        for (NativeLong object : find(session, kind)) {
          byte[] objectId = read(session, object, Attribute.ID);
          if (is(label, read(session, object, Attribute.LABEL)) && is(id, objectId)) {
            ids.add(objectId);
          }
        }
      }
      List<byte[]> found = new ArrayList<>();
      for (NativeLong object : find(session, Kind.CERTIFICATE)) {
        byte[] objectId = read(session, object, Attribute.ID);
        if (ids.stream().anyMatch(wanted -> Arrays.equals(wanted, objectId))) {
          found.add(read(session, object, Attribute.VALUE));
        }
      }
      return found;
    } finally {
      functions.code(Pkcs11Functions.CLOSE_SESSION, session);
    }
  }

  private static boolean is(Optional<byte[]> wanted, byte[] value) {
    return wanted.map(bytes -> Arrays.equals(bytes, value)).orElse(true);
  }

  private List<NativeLong> find(NativeLong session, Kind kind) throws Refused {
    Memory value = new Memory(LONG);
    value.setNativeLong(0, new NativeLong(kind.value));
    functions.call(
        Pkcs11Functions.FIND_OBJECTS_INIT,
        session,
        attribute(Attribute.CLASS, value),
        new NativeLong(1));
    try {
      Memory handles = new Memory((long) MOST * LONG);
      Memory count = new Memory(LONG);
      functions.call(Pkcs11Functions.FIND_OBJECTS, session, handles, new NativeLong(MOST), count);
      List<NativeLong> found = new ArrayList<>();
      for (int i = 0; i < count.getNativeLong(0).longValue(); i++) {
        found.add(handles.getNativeLong((long) i * LONG));
      }
      return found;
    } finally {
      functions.code(Pkcs11Functions.FIND_OBJECTS_FINAL, session);
    }
  }

  /** Empty for an object without it. */
  private byte[] read(NativeLong session, NativeLong object, Attribute wanted) {
    Memory asked = attribute(wanted, Pointer.NULL, 0);
    NativeLong one = new NativeLong(1);
    if (functions.code(Pkcs11Functions.GET_ATTRIBUTE_VALUE, session, object, asked, one)
        != Pkcs11Functions.CKR_OK) {
      return new byte[0];
    }
    long length = asked.getNativeLong((long) LONG + Native.POINTER_SIZE).longValue();
    if (length <= 0 || length > 1 << 20) {
      return new byte[0];
    }
    Memory value = new Memory(length);
    Memory filled = attribute(wanted, value, length);
    return functions.code(Pkcs11Functions.GET_ATTRIBUTE_VALUE, session, object, filled, one)
            == Pkcs11Functions.CKR_OK
        ? value.getByteArray(0, (int) length)
        : new byte[0];
  }

  private static Memory attribute(Attribute attribute, Memory value) {
    return attribute(attribute, value, value.size());
  }

  private static Memory attribute(Attribute attribute, Pointer value, long length) {
    Memory made = new Memory(ATTRIBUTE);
    made.setNativeLong(0, new NativeLong(attribute.type));
    made.setPointer(LONG, value);
    made.setNativeLong((long) LONG + Native.POINTER_SIZE, new NativeLong(length));
    return made;
  }

  /** Text fields are padded with blanks (section 3.2). */
  private static String text(Memory memory, int offset, int length) {
    return new String(memory.getByteArray(offset, length), StandardCharsets.UTF_8)
        .replaceFirst("[ \\x00]+$", "");
  }

  private static int aligned(int offset) {
    return (offset + LONG - 1) / LONG * LONG;
  }
}
