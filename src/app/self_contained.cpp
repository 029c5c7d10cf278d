#include "app/self_contained.hpp"

#include <nss.h>
#include <openssl/crypto.h>

namespace imagify {

void stay_self_contained() {
    __nss_configure_lookup("hosts", "files dns");
    __nss_configure_lookup("services", "files");
    __nss_configure_lookup("protocols", "files");
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

}  // namespace imagify
