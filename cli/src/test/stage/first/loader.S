# Zero Boot - the sealed UEFI loader of the first sticks (first-party), kept for tests.  It has the
# firmware unpack the core and start it as any other program, so that core had to be signed.
#
# Sealed: the core gets a fresh device handle that carries nothing but a vendor device path.  With the
# handle of the boot medium iPXE would first run an autoexec.ipxe that lies there; with none it does
# not start ("Invalid Parameter").  So whoever can write to the stick cannot add a script to it.
#
# Assembly, not C: these bytes are committed and a test assembles them anew, and compilers emit other
# code with each release, the assembler does not (no code here depends on what an assembler may choose).
#
# Section numbers are those of the UEFI specification 2.10.  Calls follow section 2.3.4.2: arguments in
# rcx, rdx, r8, r9, then [rsp+32] and up; rsp a multiple of 16; rbx, rbp, rsi, rdi, r12-r15 survive.
# No relocations: every address is relative to rip.  Nothing here is written to (the section is R-X).

        .intel_syntax noprefix
        .code64
        .text

# EFI_SYSTEM_TABLE (4.3), EFI_BOOT_SERVICES (4.4)
        .set ConOut,                       64
        .set BootServices,                 96
        .set AllocatePool,                 64
        .set FreePool,                     72
        .set InstallProtocolInterface,    128
        .set UninstallProtocolInterface,  144
        .set HandleProtocol,              152
        .set LoadImage,                   200
        .set StartImage,                  208
        .set UnloadImage,                 224
        .set Stall,                       248
        .set LocateProtocol,              320
        .set CalculateCrc32,              344
# EFI_LOADED_IMAGE_PROTOCOL (9.1), EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL (12.4), EFI_DECOMPRESS_PROTOCOL (19.5)
        .set DeviceHandle,                 24
        .set LoadOptionsSize,              48
        .set LoadOptions,                  56
        .set ImageSize,                    72
        .set OutputString,                  8
        .set GetInfo,                       0
        .set Decompress,                    8
# Appendix D
        .set EFI_ACCESS_DENIED,            15
        .set EFI_SECURITY_VIOLATION,       26
        .set EFI_CRC_ERROR,                27
# 7.2: memory type of the pool allocations
        .set EfiLoaderData,                 2

# The payload, at the next page boundary of the image (SealedPayload.java)
        .set PAYLOAD_RVA,              0x2000
        .set MAGIC,                         0  # 8 bytes, "ZBSEALED"
        .set CRC32,                         8  # of everything from CORE_SIZE to the end of the options
        .set CORE_SIZE,                    12  # bytes of the compressed core
        .set OPTIONS_SIZE,                 16  # bytes of the load options
        .set CODE_START,                   20  # the part of the unpacked core with coded operands
        .set CODE_END,                     24
        .set CORE,                         32  # the options follow at the next multiple of 8
        .set MAX_PART,             0x01000000  # of core and options; keeps the sums below 32 bits

        .set WAIT_MICROSECONDS,      10000000  # so that the message can be read

# Stack frame: 56 bytes for up to seven arguments, then the variables
        .set arg5,                         32
        .set arg6,                         40
        .set arg7,                         48
        .set image,                        56  # EFI_LOADED_IMAGE_PROTOCOL, first ours, then the core's
        .set core,                         64  # pool: the unpacked core
        .set scratch,                      72  # pool: what the decompressor works with
        .set handle,                       80  # the core's device handle
        .set child,                        88  # the core's image handle
        .set decompressor,                 96
        .set core_size,                   104  # u32
        .set scratch_size,                108  # u32
        .set crc,                         112  # u32
        .set FRAME,                       120

        .macro service name             # a boot service; "js" after it means an error (Appendix D)
        call    [rbx + \name]
        test    rax, rax
        .endm

# rbx boot services   rbp system table   rsi payload   rdi message of the step   r12 our image handle
        .globl _start
_start: push    rbx
        push    rbp
        push    rsi
        push    rdi
        push    r12
        push    r13
        sub     rsp, FRAME              # 8 + 6 * 8 + 120 = 176 = 11 * 16
        mov     r12, rcx
        mov     rbp, rdx
        mov     rbx, [rdx + BootServices]
        lea     rsi, [rip + _start + PAYLOAD_RVA - 0x1000]
        xor     eax, eax
        mov     [rsp + core], rax       # nothing to give back yet
        mov     [rsp + scratch], rax
        mov     [rsp + handle], rax
        mov     [rsp + child], rax

# Is the payload there, completely and unchanged?
        lea     rdi, [rip + m_load]
        mov     rcx, r12
        lea     rdx, [rip + loaded_image_protocol]
        lea     r8, [rsp + image]
        service HandleProtocol
        js      failed
        lea     rdi, [rip + m_damaged]
        mov     rax, 0x44454C414553425A # "ZBSEALED"
        cmp     [rsi + MAGIC], rax
        jne     damaged
        mov     r13d, [rsi + CORE_SIZE]
        mov     edx, [rsi + OPTIONS_SIZE]
        cmp     r13d, MAX_PART
        ja      damaged
        cmp     edx, MAX_PART
        ja      damaged
        add     r13d, 7                 # r13: the load options
        and     r13d, -8
        lea     r13, [rsi + r13 + CORE]
        add     rdx, r13                # end of the payload
        mov     rcx, [rsp + image]
        mov     rax, [rcx + ImageSize]
        lea     rcx, [rip + _start - 0x1000]
        add     rax, rcx                # end of the image
        cmp     rdx, rax
        ja      damaged
        lea     rcx, [rsi + CORE_SIZE]
        sub     rdx, rcx
        lea     r8, [rsp + crc]
        service CalculateCrc32
        js      failed
        mov     eax, [rsp + crc]
        cmp     eax, [rsi + CRC32]
        je      unpack
damaged:
        mov     eax, EFI_CRC_ERROR
        bts     rax, 63
        jmp     failed

unpack: lea     rdi, [rip + m_unpack]
        lea     rcx, [rip + decompress_protocol]
        xor     edx, edx
        lea     r8, [rsp + decompressor]
        service LocateProtocol
        js      failed
        mov     rcx, [rsp + decompressor]
        lea     rdx, [rsi + CORE]
        mov     r8d, [rsi + CORE_SIZE]
        lea     r9, [rsp + core_size]
        lea     rax, [rsp + scratch_size]
        mov     [rsp + arg5], rax
        call    [rcx + GetInfo]
        test    rax, rax
        js      failed
        mov     ecx, EfiLoaderData
        mov     edx, [rsp + core_size]
        lea     r8, [rsp + core]
        service AllocatePool
        js      failed
        mov     ecx, EfiLoaderData
        mov     edx, [rsp + scratch_size]
        lea     r8, [rsp + scratch]
        service AllocatePool
        js      failed
        mov     rcx, [rsp + decompressor]
        lea     rdx, [rsi + CORE]
        mov     r8d, [rsi + CORE_SIZE]
        mov     r9, [rsp + core]
        mov     eax, [rsp + core_size]
        mov     [rsp + arg5], rax
        mov     rax, [rsp + scratch]
        mov     [rsp + arg6], rax
        mov     eax, [rsp + scratch_size]
        mov     [rsp + arg7], rax
        call    [rcx + Decompress]
        test    rax, rax
        js      failed

# Before compression RelativeOperands.java added to each relative operand the offset of the byte after
# it, so that every reference to one place reads the same, and turned its bytes around, so that those
# that vary least come first.  Here that is taken away again.
        mov     r8, [rsp + core]
        mov     r9d, [rsi + CODE_END]
        mov     r10d, [rsi + CODE_START]
        add     r9, r8
        add     r10, r8                 # r10: an instruction, perhaps
decode: lea     rax, [r10 + 7]          # the longest form: 3 bytes and the operand
        cmp     rax, r9
        ja      load
        mov     eax, [r10]
        lea     r11, [r10 + 1]          # r11: its operand
        mov     edx, eax
        and     edx, 0xFE
        cmp     edx, 0xE8               # E8 call, E9 jmp
        je      operand
        inc     r11
        mov     edx, eax
        and     edx, 0xF0FF
        cmp     edx, 0x800F             # 0F 80 to 0F 8F: jump on a condition
        je      operand
        inc     r11
        and     eax, 0xC740F8
        cmp     eax, 0x050048           # REX.W, opcode below 40 or 80 to BF, ModRM: relative to rip
        je      operand
        inc     r10
        jmp     decode
operand:
        lea     r10, [r11 + 4]
        mov     eax, [r11]
        bswap   eax
        lea     edx, [rax + 0x1000000]  # farther than 16 MiB is left alone: no such instruction
        shr     edx, 25
        jnz     1f
        mov     edx, r10d
        sub     edx, r8d
        sub     eax, edx
        shl     eax, 7                  # 25 bits, with their sign
        sar     eax, 7
1:      mov     [r11], eax
        jmp     decode

load:   lea     rdi, [rip + m_load]
        lea     rcx, [rsp + handle]
        lea     rdx, [rip + device_path_protocol]
        xor     r8d, r8d                # EFI_NATIVE_INTERFACE
        lea     r9, [rip + device_path]
        service InstallProtocolInterface
        js      failed
        xor     ecx, ecx                # BootPolicy FALSE
        mov     rdx, r12
        lea     r8, [rip + device_path]
        mov     r9, [rsp + core]
        mov     eax, [rsp + core_size]
        mov     [rsp + arg5], rax
        lea     rax, [rsp + child]
        mov     [rsp + arg6], rax
        service LoadImage
        jns     loaded
        cmp     al, EFI_ACCESS_DENIED
        je      refused
        cmp     al, EFI_SECURITY_VIOLATION
        jne     failed
refused:
        lea     rdi, [rip + m_refused]
        jmp     failed
loaded: mov     rcx, [rsp + child]
        lea     rdx, [rip + loaded_image_protocol]
        lea     r8, [rsp + image]
        service HandleProtocol
        js      failed
        mov     rcx, [rsp + image]
        mov     rax, [rsp + handle]
        mov     [rcx + DeviceHandle], rax
        mov     eax, [rsi + OPTIONS_SIZE]
        mov     [rcx + LoadOptionsSize], eax
        mov     [rcx + LoadOptions], r13
        call    release                 # the memory is iPXE's now
        lea     rdi, [rip + m_ended]
        mov     rcx, [rsp + child]
        xor     edx, edx
        mov     [rsp + child], rdx      # when an application ends, the firmware unloads it (7.4.2)
        xor     r8d, r8d
        service StartImage
        js      failed
        xor     edi, edi                # iPXE ended without an error: nothing to say

# rax: what to return.  Gives back what was taken; a service that fails here leaves nothing to do.
failed: mov     r13, rax
        test    rdi, rdi
        jz      quiet
        call    report
quiet:  mov     rcx, [rsp + child]
        jrcxz   1f
        call    [rbx + UnloadImage]
1:      mov     rcx, [rsp + handle]
        jrcxz   1f
        lea     rdx, [rip + device_path_protocol]
        lea     r8, [rip + device_path]
        call    [rbx + UninstallProtocolInterface]
1:      call    release
        mov     rax, r13                # the firmware goes on with its next boot entry
        add     rsp, FRAME
        pop     r13
        pop     r12
        pop     rdi
        pop     rsi
        pop     rbp
        pop     rbx
        ret

# Frees both pools.  Its own frame of 40 bytes and the return address put the caller's variables 48 up.
release:
        sub     rsp, 40
        mov     rcx, [rsp + 48 + scratch]
        jrcxz   1f
        call    [rbx + FreePool]
1:      mov     rcx, [rsp + 48 + core]
        jrcxz   1f
        call    [rbx + FreePool]
1:      xor     eax, eax
        mov     [rsp + 48 + scratch], rax
        mov     [rsp + 48 + core], rax
        add     rsp, 40
        ret

# "Zero Boot: <rdi>: <r13 in hexadecimal>", then a pause
report: sub     rsp, 40
        mov     rsi, rdi                # the payload is done with
        lea     rdi, [rip + m_name]
        call    print
        mov     rdi, rsi
        call    print
        mov     esi, 16
1:      rol     r13, 4                  # after 16 rounds it is what it was
        mov     eax, r13d
        and     eax, 15
        cmp     eax, 10
        jb      2f
        add     eax, 'A' - '0' - 10
2:      add     eax, '0'
        call    print_character
        dec     esi
        jnz     1b
        lea     rdi, [rip + m_end]
        call    print
        mov     ecx, WAIT_MICROSECONDS
        call    [rbx + Stall]
        add     rsp, 40
        ret

# The ASCII text at rdi
print:  sub     rsp, 8
1:      movzx   eax, byte ptr [rdi]
        inc     rdi
        test    eax, eax
        jz      1f
        call    print_character
        jmp     1b
1:      add     rsp, 8
        ret

# The character in eax, as a CHAR16 with the NUL that ends it
print_character:
        sub     rsp, 40
        mov     [rsp + 32], eax
        mov     rcx, [rbp + ConOut]
        lea     rdx, [rsp + 32]
        jrcxz   1f                      # a machine without a console
        call    [rcx + OutputString]
1:      add     rsp, 40
        ret

        .balign 8                       # EFI_GUID (Appendix A)
loaded_image_protocol:                  # 9.1.1
        .long   0x5B1B31A1
        .short  0x9562, 0x11D2
        .byte   0x8E, 0x3F, 0x00, 0xA0, 0xC9, 0x69, 0x72, 0x3B
decompress_protocol:                    # 19.5.1
        .long   0xD8117CFE
        .short  0x94A6, 0x11D4
        .byte   0x9A, 0x3A, 0x00, 0x90, 0x27, 0x3F, 0xC1, 0x4D
device_path_protocol:                   # 10.2
        .long   0x09576E91
        .short  0x6D3F, 0x11D2
        .byte   0x8E, 0x39, 0x00, 0xA0, 0xC9, 0x69, 0x72, 0x3B

device_path:                            # 10.3.2.4: hardware, vendor-defined
        .byte   0x01, 0x04
        .short  20
        .long   0x00BC9491              # the project's own: 00BC9491-051A-49E6-87D7-B8E9C25662F2
        .short  0x051A, 0x49E6
        .byte   0x87, 0xD7, 0xB8, 0xE9, 0xC2, 0x56, 0x62, 0xF2
        .byte   0x7F, 0xFF              # 10.3.1: end of the entire device path
        .short  4

m_name:     .asciz  "\r\nZero Boot: "
m_damaged:  .asciz  "data error, this medium is damaged, write it again: "
m_unpack:   .asciz  "cannot unpack iPXE: "
m_load:     .asciz  "cannot load iPXE: "
m_refused:  .asciz  "Secure Boot refused iPXE: "
m_ended:    .asciz  "iPXE ended with an error: "
m_end:      .asciz  "\r\n"
