#include <csignal>

#include "app/run_lambda.hpp"
#include "app/self_contained.hpp"

// The file of a Lambda function: `imagify lambda` and nothing else, so that it is small and starts
// fast. The web app's files are not in it.
int main() {
    imagify::stay_self_contained();
    std::signal(SIGPIPE, SIG_IGN);
    return imagify::run_lambda(nullptr);
}
