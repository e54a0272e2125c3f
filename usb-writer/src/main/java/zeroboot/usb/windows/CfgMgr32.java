package zeroboot.usb.windows;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/** Functions of {@code cfgmgr32.dll}; they return a CONFIGRET, 0 for success. */
interface CfgMgr32 extends Library {
  static CfgMgr32 load() {
    return Loaded.INSTANCE;
  }

  /** Loads on first use. */
  final class Loaded {
    private static final CfgMgr32 INSTANCE = Native.load("cfgmgr32", CfgMgr32.class);

    private Loaded() {}
  }

  int CM_Get_Device_Interface_List_SizeW(
      IntByReference length, byte[] interfaceClassGuid, @Nullable WString deviceId, int flags);

  int CM_Get_Device_Interface_ListW(
      byte[] interfaceClassGuid,
      @Nullable WString deviceId,
      char[] buffer,
      int bufferLength,
      int flags);
}
