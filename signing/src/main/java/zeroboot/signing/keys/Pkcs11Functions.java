package zeroboot.signing.keys;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The functions of a PKCS #11 library, by their positions in its list. */
final class Pkcs11Functions {
  /** Positions in CK_FUNCTION_LIST. */
  static final int INITIALIZE = 0;

  static final int GET_INFO = 2;
  static final int GET_SLOT_LIST = 4;
  static final int GET_SLOT_INFO = 5;
  static final int GET_TOKEN_INFO = 6;
  static final int OPEN_SESSION = 12;
  static final int CLOSE_SESSION = 13;
  static final int GET_ATTRIBUTE_VALUE = 24;
  static final int FIND_OBJECTS_INIT = 26;
  static final int FIND_OBJECTS = 27;
  static final int FIND_OBJECTS_FINAL = 28;

  static final long CKR_OK = 0;

  /** The structures are packed on Windows, and aligned elsewhere (section 2 of the headers). */
  static final boolean PACKED = Platform.isWindows();

  /**
   * JNA unloads a library when nobody holds it any more, and the pointers into it would then lead
   * nowhere.
   */
  private static final Set<NativeLibrary> LOADED = ConcurrentHashMap.newKeySet();

  private final Pointer list;

  private Pkcs11Functions(Pointer list) {
    this.list = list;
  }

  /**
   * Those of a file; it stays loaded.
   *
   * @throws UnsatisfiedLinkError if it is no PKCS #11 library
   */
  static Pkcs11Functions load(Path file) throws Pkcs11Library.Refused {
    NativeLibrary loaded = NativeLibrary.getInstance(file.toString());
    Function get = loaded.getFunction("C_GetFunctionList");
    LOADED.add(loaded);
    PointerByReference list = new PointerByReference();
    check(((Number) get.invoke(NativeLong.class, new Object[] {list})).longValue());
    return new Pkcs11Functions(list.getValue());
  }

  void call(int function, Object... arguments) throws Pkcs11Library.Refused {
    check(code(function, arguments));
  }

  long code(int function, Object... arguments) {
    // Behind the version, two bytes.
    long first = PACKED ? 2 : Native.POINTER_SIZE;
    Pointer entry = list.getPointer(first + (long) function * Native.POINTER_SIZE);
    return ((Number) Function.getFunction(entry).invoke(NativeLong.class, arguments)).longValue();
  }

  static void check(long code) throws Pkcs11Library.Refused {
    if (code != CKR_OK) {
      throw new Pkcs11Library.Refused(code);
    }
  }
}
