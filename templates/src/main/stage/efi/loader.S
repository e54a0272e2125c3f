# Zero Boot - sealed UEFI loader (first-party).  The code of a UEFI application whose read-only data
# section is the payload: the iPXE core and behind it the boot script, packed as one.  It checks
# the payload's checksum, unpacks it, loads the core from memory, hands it the script as its load
# options, starts it.
#
# Sealed: the core gets a fresh device handle that carries nothing but a vendor device path.  With the
# handle of the boot medium iPXE would first run an autoexec.ipxe that lies there; with none it does
# not start ("Invalid Parameter").  So whoever can write to the stick cannot add a script to it.
#
# With the symbol CHAINED it is the loader for a core that drives no card but the one that this file came
# by, through the firmware's own driver.  iPXE finds that card by the handle's device path: there
# path.inc puts the way to the card before the vendor's node.
#
# Under Secure Boot only this file is signed, never the core: a signed core could be taken out and
# booted beside a stranger's script.  The signature covers the payload, so the loader vouches for what
# it unpacked: for the one LoadImage call both security protocols of the firmware ask it first.
#
# Assembly, not C: these bytes are committed and a test assembles them anew, and compilers emit other
# code with each release, the assembler does not (no code here depends on what an assembler may choose).
#
# Section numbers are those of the UEFI specification 2.10.  Calls follow section 2.3.4.2: arguments in
# rcx, rdx, r8, r9, then [rsp+32] and up; rsp a multiple of 16; rbx, rbp, rsi, rdi, r12-r15 survive.
# No relocations: every address is relative to rip.  Nothing here is written to (the section is R-X);
# what the hooks have to know lies in a section of its own (RW-), and so does what is unpacked.

        .intel_syntax noprefix
        .code64
        .text

# EFI_SYSTEM_TABLE (4.3), EFI_BOOT_SERVICES (4.4)
        .set ConOut,                       64
        .set RuntimeServices,              88
        .set BootServices,                 96
        .set GetVariable,                  72  # EFI_RUNTIME_SERVICES (4.5)
        .set InstallProtocolInterface,    128
        .set UninstallProtocolInterface,  144
        .set HandleProtocol,              152
        .set LoadImage,                   200
        .set StartImage,                  208
        .set Exit,                        216
        .set UnloadImage,                 224
        .set Stall,                       248
        .set LocateProtocol,              320
        .set CalculateCrc32,              344
# EFI_LOADED_IMAGE_PROTOCOL (9.1), EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL (12.4)
        .set DeviceHandle,                 24
        .set LoadOptionsSize,              48
        .set LoadOptions,                  56
        .set OutputString,                  8
# EFI_MEMORY_ATTRIBUTE_PROTOCOL (new in 2.10); EFI_MEMORY_RO (7.2)
        .set GetMemoryAttributes,           0
        .set EFI_MEMORY_RO,           0x20000
# EFI_DEVICE_PATH_PROTOCOL: type and subtype of a node, its length (10.3.1, 10.3.4.23)
        .set END_OF_PATH,                0x7F
        .set URI_NODE,                 0x1803
        .set NODE_HEADER,                   4
# Appendix D
        .set EFI_BUFFER_TOO_SMALL,          5
        .set EFI_WRITE_PROTECTED,           8
        .set EFI_NOT_FOUND,                14
        .set EFI_ACCESS_DENIED,            15
        .set EFI_SECURITY_VIOLATION,       26
        .set EFI_CRC_ERROR,                27

# The image: headers, this code, the data, the payload, room to unpack (SealedEfi.java), each on pages
# of its own.
        .set PAGE,                       4096
        .set image_base,      _start - 0x1000
        .set size_of_image,   image_base + 144 # SizeOfImage of the PE header (PeWriter.java)
        .set data,            _start + 0x1000
        .set payload,         _start + 0x2000

# The payload (SealedPayload.java)
        .set CRC32,                         0  # of everything from MAGIC to the end of the stream
        .set MAGIC,                         4  # 8 bytes, which only the checksum looks at here
        .set PACKED_SIZE,                  12  # bytes of the stream
        .set UNPACKED_SIZE,                16  # bytes that the stream stands for
        .set CORE_SIZE,                    20  # bytes of the core, which comes first
        .set SCRIPT_SIZE,                  24  # characters of the load options, which come last, with the NUL
        .set CODE_START,                   28  # the part of the unpacked core with coded operands
        .set CODE_END,                     32
        .set ROOT_AT,                      36  # place in the core of the bytes at ROOT
        .set CORE_CRC32,                   40  # of the core as it is loaded
        .set ROOT,                         44  # 32 bytes that the stream has zeros for
        .set ROOT_SIZE,                    32
        .set STREAM,          ROOT + ROOT_SIZE

        .include "lzma-layout.inc"

        .set WAIT_MICROSECONDS,      10000000  # so that the message can be read

# Data, all zeros at first; rbp points at it.  A hook is two words, interface and original function.
        .set vouched,                       0  # the core while LoadImage runs
        .set passed,                        8  # u32: the core has passed Security2, Security may follow
        .set services,                     16  # boot services
        .set system,                       24  # system table
        .set me,                           32  # our image handle
        .set handle,                       40  # the core's device handle
        .set child,                        48  # the core's image handle
        .set scratch,                      56  # what a service gives
        .set hook2,                        64
        .set hook1,                        80
        .set line,                         96  # the message, CHAR16
        .set path,                        288  # of the core's device handle, if CHAINED
        .set DATA_SIZE,                   512

        .set arg5,                         32
        .set arg6,                         40
        .set DEVICE_PATH_SIZE,             24
        .set M_NAME_SIZE,                  14

# A boot service that has to succeed; else "failed" gets its status.  Of the registers that survive it
# takes r14.
        .macro service name
        call    needed
        .byte   \name / 8
        .endm
        .macro small register, value    # a number below 128
        push    \value
        pop     \register
        .endm
        .macro say message              # what "failed" prints: push and pop rdi
        .byte   0x6A, \message - messages
        pop     rdi
        .endm
        .macro handle_path register     # where the core's handle has its device path
        .ifdef  CHAINED
        lea     \register, [rbp + path]
        .else
        lea     \register, [rip + device_path]
        .endif
        .endm

        .globl _start
_start: sub     rsp, 56                 # four words, two more arguments, and a multiple of 16
        lea     rbp, [rip + data]
        lea     rsi, [rip + payload]
        mov     [rbp + me], rcx
        mov     [rbp + system], rdx
        mov     rax, [rdx + BootServices]
        mov     [rbp + services], rax

# Is the payload there, completely and unchanged, and room for what it becomes?  Sums of 64 bits of
# numbers of 32: they do not overflow.
        say     m_damaged
        mov     r14d, [rsi + PACKED_SIZE]
        lea     r14, [rsi + r14 + STREAM] # its end
        lea     r13, [r14 - 1]
        or      r13, PAGE - 1           # the section behind it: the work area, and at r13 the core
        add     r13, WORK_SIZE + 1
        mov     r15d, [rsi + UNPACKED_SIZE]
        mov     ecx, [rsi + SCRIPT_SIZE]
        mov     eax, [rsi + CORE_SIZE]
        lea     edx, [rcx - 1]          # at least the NUL at the end
        cmp     edx, r15d
        jae     damaged
        cmp     eax, r15d
        ja      damaged
        cmp     [rsi + CODE_END], eax
        ja      damaged
        add     r15, r13                # the end of all that, with a script of a byte a character
        add     rcx, r15                # and of two
        lea     rdx, [rip + image_base]
        mov     eax, [rip + size_of_image]
        add     rdx, rax
        cmp     rcx, rdx
        ja      damaged
        lea     rcx, [rsi + MAGIC]
        mov     rdx, r14
        sub     rdx, rcx
        mov     eax, [rsi + CRC32]
        call    checked
        je      unpack
damaged:
        small   rax, EFI_CRC_ERROR
        bts     rax, 63
        jmp     failed

unpack: lea     r9, [r13 - WORK_SIZE]
        push    rbp
        push    rsi
        push    rdi
        push    r13
        add     rsi, STREAM
        call    lzma
        pop     r13
        pop     rdi
        pop     rsi
        pop     rbp
        jne     damaged
        mov     ecx, [rsi + SCRIPT_SIZE]
        sub     r15, rcx                # r15: the load options, from now on
        jmp     2f
1:      movzx   eax, byte ptr [r15 + rcx] # the last character first: in place
        mov     [r15 + rcx * 2], ax
2:      dec     ecx
        jns     1b

# Before compression RelativeOperands.java added to each relative operand the offset of the byte after
# it, so that every reference to one place reads the same, and turned its bytes around, so that those
# that vary least come first.  Here that is taken away again.
        push    rdi
        mov     r9d, [rsi + CODE_END]
        mov     edi, [rsi + CODE_START]
        lea     r9, [r13 + r9 - 7]      # the last place of the longest form: 3 bytes and the operand
        add     rdi, r13                # rdi: an instruction, perhaps
decode: cmp     rdi, r9
        ja      decoded
        test    byte ptr [rdi], 8       # all of them have it
        lea     rdi, [rdi + 1]
        jz      decode
        mov     eax, [rdi - 1]
        mov     rdx, rdi                # rdx: its operand
        mov     ecx, eax
        and     cl, 0xFE
        cmp     cl, 0xE8                # E8 call, E9 jmp
        je      operand
        inc     rdx
        mov     ecx, eax
        and     cx, 0xF0FF
        cmp     cx, 0x800F              # 0F 80 to 0F 8F: jump on a condition
        je      operand
        inc     rdx
        and     eax, 0xC740F8           # REX.W, opcode below 40 or 80 to BF, ModRM: relative to rip
        cmp     eax, 0x050048
        jne     decode
operand:
        lea     rdi, [rdx + 4]
        mov     eax, [rdx]
        bswap   eax
        mov     ecx, eax                # farther than 16 MiB is left alone: no such instruction
        shl     ecx, 7
        sar     ecx, 7
        cmp     ecx, eax
        jne     1f
        sub     eax, edi
        add     eax, r13d
        shl     eax, 7                  # 25 bits, with their sign
        sar     eax, 7
1:      mov     [rdx], eax
        jmp     decode
decoded:
        pop     rdi

# The fingerprint of the root lies in the header, so that another one needs no other stream (RootField.java).
        mov     edx, [rsi + CORE_SIZE]
        mov     eax, [rsi + ROOT_AT]
        lea     rcx, [rax + ROOT_SIZE]
        cmp     rcx, rdx
        ja      damaged
        push    rsi                     # no SSE: U-Boot leaves it off
        push    rdi
        lea     rdi, [r13 + rax]
        add     rsi, ROOT
        small   rcx, ROOT_SIZE / 4
        rep     movsd
        pop     rdi
        pop     rsi

# Is it the core that went in?  The signature covers what its checksum has to be.
        mov     rcx, r13
        mov     eax, [rsi + CORE_CRC32]
        call    checked
        jne     damaged
        mov     rbx, [rbp + services]   # rbx: they, from now on
        say     m_load
        .ifdef  CHAINED
        .include "path.inc"
        .endif
        lea     rcx, [rbp + handle]
        lea     rdx, [rip + device_path_protocol]
        xor     r8d, r8d                # EFI_NATIVE_INTERFACE
        handle_path r9
        service InstallProtocolInterface
        call    arm

        xor     ecx, ecx                # BootPolicy FALSE
        mov     rdx, [rbp + me]
        lea     r8, [rip + device_path]
        mov     r9, r13
        mov     eax, [rsi + CORE_SIZE]
        mov     [rsp + arg5], rax
        lea     rax, [rbp + child]
        mov     [rsp + arg6], rax
        call    [rbx + LoadImage]
        call    unhook
        test    rax, rax
        jns     loaded
        cmp     al, EFI_ACCESS_DENIED
        je      1f
        cmp     al, EFI_SECURITY_VIOLATION
        jne     failed
1:      say     m_refused
        jmp     failed
loaded: mov     rcx, [rbp + child]
        lea     rdx, [rip + loaded_image_protocol]
        lea     r8, [rbp + scratch]
        service HandleProtocol
        mov     rcx, [rbp + scratch]
        mov     rax, [rbp + handle]
        mov     [rcx + DeviceHandle], rax
        mov     eax, [rsi + SCRIPT_SIZE]
        add     eax, eax
        mov     [rcx + LoadOptionsSize], eax
        mov     [rcx + LoadOptions], r15
        say     m_ended
        xor     ecx, ecx                # when an application ends, the firmware unloads it (7.4.2)
        xchg    rcx, [rbp + child]
        xor     edx, edx
        xor     r8d, r8d
        service StartImage
        jmp     quiet                   # iPXE ended without an error: nothing to say

# Calls the boot service whose number is the byte behind the call
needed: pop     r14
        movzx   eax, byte ptr [r14]
        inc     r14
        call    [rbx + rax * 8]
        test    rax, rax                # an error has the highest bit (Appendix D)
        js      failed
        jmp     r14

# Says "Zero Boot: <message rdi>: <rax in hexadecimal>" and waits, gives back what was taken, and ends.
# Comes from any depth: nothing returns from here but to the firmware.
failed: xchg    r13, rax                # the status, from now on
        mov     rbx, [rbp + services]
        call    unhook
        lea     rsi, [rip + m_name]
        lea     r8, [rsi + rdi + M_NAME_SIZE]
        lea     rdi, [rbp + line]
        xor     eax, eax
        call    copy
        mov     rsi, r8
        call    copy
        small   rcx, 16
1:      rol     r13, 4                  # after 16 rounds it is what it was
        mov     eax, r13d
        and     eax, 15
        cmp     al, 10
        jb      2f
        add     al, 'A' - '0' - 10
2:      add     al, '0'
        stosw
        loop    1b
        mov     eax, '\r' | '\n' << 16
        stosd                           # behind it are zeros
        mov     rcx, [rbp + system]
        mov     rcx, [rcx + ConOut]
        jrcxz   1f                      # a machine without a console
        lea     rdx, [rbp + line]
        call    [rcx + OutputString]
1:      mov     ecx, WAIT_MICROSECONDS
        call    [rbx + Stall]
        xchg    r13, rax
quiet:  xchg    r13, rax
        mov     rcx, [rbp + child]
        jrcxz   1f
        call    [rbx + UnloadImage]
1:      mov     rcx, [rbp + handle]
        jrcxz   1f
        lea     rdx, [rip + device_path_protocol]
        handle_path r8
        call    [rbx + UninstallProtocolInterface]
1:      mov     rcx, [rbp + me]
        mov     rdx, r13                # the firmware goes on with its next boot entry
        xor     r8d, r8d
        xor     r9d, r9d
        call    [rbx + Exit]

# The ASCII text at rsi, as CHAR16, to rdi; ah is 0
1:      stosw
copy:   lodsb
        test    al, al
        jnz     1b
        ret

# ZF set: eax is the CRC-32 of rdx bytes at rcx
checked:
        push    rax
        sub     rsp, 48
        lea     r8, [rsp + 40]
        mov     rax, [rip + data + services]
        call    [rax + CalculateCrc32]
        mov     ecx, [rsp + 40]
        add     rax, rcx                # an error has the highest bit, and is no checksum
        add     rsp, 48
        pop     rcx
        cmp     rax, rcx
        ret

        .include "vouch.inc"
        .include "lzma.inc"

# EFI_GUID (Appendix A)
loaded_image_protocol:                  # 9.1.1
        .long   0x5B1B31A1
        .short  0x9562, 0x11D2
        .byte   0x8E, 0x3F, 0x00, 0xA0, 0xC9, 0x69, 0x72, 0x3B
device_path_protocol:                   # 10.2
        .long   0x09576E91
        .short  0x6D3F, 0x11D2
        .byte   0x8E, 0x39, 0x00, 0xA0, 0xC9, 0x69, 0x72, 0x3B
memory_attribute_protocol:
        .long   0xF4560CF6
        .short  0x40EC, 0x4B4A
        .byte   0xA1, 0x92, 0xBF, 0x1D, 0x57, 0xD0, 0xB1, 0x89
security2_protocol:                     # PI specification 1.8, volume 2, 12.9
        .long   0x94AB2F58
        .short  0x1438, 0x4EF1
        .byte   0x91, 0x52, 0x18, 0x94, 0x1A, 0x3A, 0x0E, 0x68
security_protocol:                      # the same
        .long   0xA46423E3
        .short  0x4617, 0x49F1
        .byte   0xB9, 0xFF, 0xD1, 0xBF, 0xA9, 0x11, 0x58, 0x39
global_variable:                        # 3.3
        .long   0x8BE4DF61
        .short  0x93CA, 0x11D2
        .byte   0xAA, 0x0D, 0x00, 0xE0, 0x98, 0x03, 0x2B, 0x8C

device_path:                            # 10.3.2.4: hardware, vendor-defined
        .byte   0x01, 0x04
        .short  20
        .long   0x00BC9491              # the project's own: 00BC9491-051A-49E6-87D7-B8E9C25662F2
        .short  0x051A, 0x49E6
        .byte   0x87, 0xD7, 0xB8, 0xE9, 0xC2, 0x56, 0x62, 0xF2
        .byte   0x7F, 0xFF              # 10.3.1: end of the entire device path
        .short  4
        .if     . - device_path - DEVICE_PATH_SIZE
        .error  "the device path has another size"
        .endif

v_secure_boot:                          # CHAR16
        .short  'S', 'e', 'c', 'u', 'r', 'e', 'B', 'o', 'o', 't', 0
v_setup_mode:
        .short  'S', 'e', 't', 'u', 'p', 'M', 'o', 'd', 'e', 0

m_name:     .asciz  "\r\nZero Boot: "
        .if     . - m_name - M_NAME_SIZE
        .error  "the name has another size"
        .endif
messages:
m_load:     .asciz  "cannot load iPXE: "
m_refused:  .asciz  "Secure Boot refused iPXE: "
m_ended:    .asciz  "iPXE ended with an error: "
m_vouch:    .asciz  "cannot vouch for iPXE under Secure Boot: "
m_damaged:  .asciz  "data error, this medium is damaged, write it again: "
