#include "include/hornet_kernels.h"

#if defined(__x86_64__)

enum { flush_to_zero = 1 << 15, denormals_are_zero = 1 << 6 };

unsigned hornet_denormal_mode(void) { return __builtin_ia32_stmxcsr(); }

unsigned hornet_flush_denormals(void) {
    unsigned mode = hornet_denormal_mode();
    __builtin_ia32_ldmxcsr(mode | flush_to_zero | denormals_are_zero);
    return mode;
}

void hornet_restore_denormals(unsigned mode) { __builtin_ia32_ldmxcsr(mode); }

#elif defined(__aarch64__)

unsigned hornet_denormal_mode(void) {
    uint64_t mode;
    __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
    return (unsigned)mode;
}

unsigned hornet_flush_denormals(void) {
    const unsigned flush_to_zero = 1 << 24;
    unsigned mode = hornet_denormal_mode();
    hornet_restore_denormals(mode | flush_to_zero);
    return mode;
}

void hornet_restore_denormals(unsigned mode) { __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)mode)); }

#else

unsigned hornet_denormal_mode(void) { return 0; }

unsigned hornet_flush_denormals(void) { return 0; }

void hornet_restore_denormals(unsigned mode) { (void)mode; }

#endif
