// A static program that looks a name up without the precautions of src/app/self_contained.cpp:
// where the name service loads modules, it dies of another system's libc.
#include <netdb.h>

int main(int argc, char** argv) {
    struct addrinfo* found = 0;
    return argc < 2 || getaddrinfo(argv[1], "443", 0, &found) != 0;
}
