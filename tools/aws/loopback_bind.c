/* Preloaded into an emulator that has no option for its address: what it would open to the whole
 * network it opens on 127.0.0.1 instead. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

typedef int bind_function(int, const struct sockaddr *, socklen_t);

int bind(int fd, const struct sockaddr *address, socklen_t size) {
    bind_function *const real = (bind_function *)dlsym(RTLD_NEXT, "bind");
    if (address->sa_family == AF_INET && size >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in near;
        memcpy(&near, address, sizeof near);
        if (near.sin_addr.s_addr == htonl(INADDR_ANY)) {
            near.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            return real(fd, (struct sockaddr *)&near, sizeof near);
        }
    }
    if (address->sa_family == AF_INET6 && size >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 near;
        memcpy(&near, address, sizeof near);
        if (IN6_IS_ADDR_UNSPECIFIED(&near.sin6_addr)) {
            inet_pton(AF_INET6, "::ffff:127.0.0.1", &near.sin6_addr);
            return real(fd, (struct sockaddr *)&near, sizeof near);
        }
    }
    return real(fd, address, size);
}
