#include "unit/smtp/mail_server.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <csignal>
#include <fstream>
#include <iterator>

namespace imagify::testing {
namespace {

std::string file_text(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

boost::json::object parse_object(const std::string& text) {
    boost::system::error_code error;
    auto value = boost::json::parse(text, error);
    return error || !value.is_object() ? boost::json::object() : value.as_object();
}

std::string read_line(int descriptor) {
    std::string line;
    for (char c = 0; ::read(descriptor, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

}  // namespace

MailServer::MailServer() : ca_file_((folder_.path() / "certificate.pem").string()) {
    const auto identity = make_tls_identity("127.0.0.1");
    const auto key_file = (folder_.path() / "key.pem").string();
    std::ofstream(ca_file_) << identity.certificate_pem;
    std::ofstream(key_file) << identity.key_pem;
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    // The system's own, which the package belongs to.
    std::array<std::string, 5> words = {"/usr/bin/python3", MAIL_SERVER_SCRIPT,
                                        folder_.path().string(), ca_file_, key_file};
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const auto failed =
        ::posix_spawn(&process_, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    if (failed == 0) ports_ = parse_object(read_line(output[0]));
    ::close(output[0]);
}

MailServer::~MailServer() {
    if (input_ >= 0) ::close(input_);
    if (process_ > 0) ::waitpid(process_, nullptr, 0);
}

SmtpServer MailServer::address(const std::string& kind) const {
    SmtpServer server{.tls = kind == "tls" ? SmtpTls::Implicit : SmtpTls::StartTls,
                      .host = "127.0.0.1",
                      .port = static_cast<std::uint16_t>(ports_.at(kind).as_int64()),
                      .user = {}};
    if (kind == "plain") return server;
    server.user = "imagify@example.com";
    server.password = Secret("pass:w@rd/ é");
    return server;
}

boost::json::object MailServer::letter(const std::string& id) const {
    return parse_object(file_text(folder_.path() / (id + ".json")));
}

}  // namespace imagify::testing
