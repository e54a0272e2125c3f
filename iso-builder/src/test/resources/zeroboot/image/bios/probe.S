# A kernel for one test, in the place of iPXE: it says whether the e1000 network card still takes
# packets (RCTL.EN) at the very moment the BIOS stage hands over, then stops.
        .intel_syntax noprefix
        .code16
        .text
        .globl _start
_start: .org    0x1F1, 0
        .byte   1                       # setup_sects
        .org    0x1FE, 0
        .word   0xAA55
        jmp     short entry             # 200
        .ascii  "HdrS"
        .word   0x0203                  # version
        .org    0x211, 0
        .byte   1                       # loadflags: LOADED_HIGH
        .org    0x230, 0

entry:  cld                             # ds = es = where sector 0 is
        sti
        mov     ax, 0xB102              # PCI BIOS: find device
        mov     cx, 0x100E              # 82540EM
        mov     dx, 0x8086
        xor     si, si
        int     0x1A
        mov     si, offset m_none
        jc      say
        mov     ax, 0xB10A              # PCI BIOS: read configuration dword
        mov     di, 0x10                # BAR0: the registers
        int     0x1A
        and     cl, 0xF0
        add     ecx, 0x100              # RCTL
        mov     [from + 2], cx          # base, bits 0-15 and 16-31 of a segment descriptor
        shr     ecx, 16
        mov     [from + 4], cl
        mov     [from + 7], ch
        mov     ax, ds
        movzx   eax, ax
        shl     eax, 4
        add     eax, offset rctl
        mov     [to + 2], ax
        shr     eax, 16
        mov     [to + 4], al
        mov     ah, 0x87                # move block: the way to memory above 1 MiB
        mov     cx, 2                   # words
        mov     si, offset gdt
        int     0x15
        mov     si, offset m_none
        jc      say
        mov     si, offset m_off
        test    byte ptr [rctl], 2      # EN
        jz      say
        mov     si, offset m_on
say:    lodsb
        test    al, al
        jz      done
        mov     ah, 0x0E
        mov     bx, 7
        int     0x10
        jmp     say
done:   hlt
        jmp     done

gdt:    .quad   0, 0
from:   .word   0xFFFF, 0, 0x9300, 0
to:     .word   0xFFFF, 0, 0x9300, 0
        .quad   0, 0
rctl:   .long   0
m_on:   .asciz  "PROBE: card receives\r\n"
m_off:  .asciz  "PROBE: card is quiet\r\n"
m_none: .asciz  "PROBE: no e1000\r\n"
        .org    0x400, 0
        .fill   16, 1, 0x90             # a payload, never run
