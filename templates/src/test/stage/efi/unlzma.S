# int unlzma(in, in_end, work, out_end): 0 if the stream was whole.  The loader's decoder for a C program.
        .intel_syntax noprefix
        .code64
        .text
        .include "lzma-layout.inc"
        .globl  unlzma
unlzma: push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     r14, rsi
        mov     rsi, rdi
        mov     r9, rdx
        mov     r15, rcx
        call    lzma
        setnz   al
        movzx   eax, al
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

        .include "lzma.inc"

        .globl  work_size
work_size:
        .long   WORK_SIZE
        .section .note.GNU-stack, "", @progbits
