// In front of libc's: what the picture store asks of the kernel.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

#include "faults/fault.hpp"

namespace {

using imagify::testing::FaultKind;
using imagify::testing::should_fail;

bool fails() {
    if (!should_fail(FaultKind::FileError)) return false;
    errno = EIO;
    return true;
}

// Not the log, and not what wakes an event loop.
bool is_file(int descriptor) {
    struct stat status{};
    return descriptor > STDERR_FILENO && ::fstat(descriptor, &status) == 0 &&
           S_ISREG(status.st_mode);
}

}  // namespace

extern "C" int fsync(int descriptor) {
    if (fails()) return -1;
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

extern "C" int rename(const char* from, const char* to) noexcept {
    if (fails()) return -1;
    return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

extern "C" int mkdir(const char* path, mode_t mode) noexcept {
    if (fails()) return -1;
    return static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

extern "C" int unlink(const char* path) noexcept {
    if (fails()) return -1;
    return static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

extern "C" int open(const char* path, int flags, ...) {
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    if (fails()) return -1;
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

extern "C" ssize_t write(int descriptor, const void* bytes, size_t count) {
    if (is_file(descriptor)) {
        if (fails()) return -1;
        if (should_fail(FaultKind::FileFull)) {
            // A full disk takes what still fits.
            if (count > 1) return ::syscall(SYS_write, descriptor, bytes, count / 2);
            errno = ENOSPC;
            return -1;
        }
    }
    return ::syscall(SYS_write, descriptor, bytes, count);
}
