#pragma once

#include <string>

#include "adapters/aws/aws_environment.hpp"
#include "adapters/aws/credentials.hpp"
#include "ports/http_client.hpp"

namespace imagify::aws {

/// A place that may have credentials. Safe from one coroutine at a time.
class CredentialPlace {
public:
    virtual ~CredentialPlace() = default;

    /// What it is, for people: "the profile default in ~/.aws/credentials".
    virtual std::string name() const = 0;

    /// Fetches them anew. Errors: NotFound (this place is not set up: look elsewhere); any other
    /// kind: it is set up, but does not work.
    virtual Task<Result<Credentials>> fetch() = 0;
};

/// AWS_ACCESS_KEY_ID and its companions.
class VariablesPlace final : public CredentialPlace {
public:
    explicit VariablesPlace(const AwsEnvironment& environment) : environment_(environment) {}
    std::string name() const override;
    Task<Result<Credentials>> fetch() override;

private:
    AwsEnvironment environment_;
};

/// A profile of the shared credentials file. It is read anew each time: whoever rotates keys writes
/// it.
class ProfilePlace final : public CredentialPlace {
public:
    explicit ProfilePlace(const AwsEnvironment& environment);
    std::string name() const override;
    Task<Result<Credentials>> fetch() override;

private:
    std::string path_;
    std::string profile_;
    /// Somebody named the file or the profile: then it has to be there.
    bool is_named_;
};

/// ECS, EKS Pod Identity, and whatever else speaks their protocol: a URL, and perhaps a token. A
/// URL in the clear is asked only on this host or at the addresses of ECS and EKS.
class ContainerPlace final : public CredentialPlace {
public:
    ContainerPlace(const AwsEnvironment& environment, HttpClient& http, const Clock& clock);
    std::string name() const override;
    Task<Result<Credentials>> fetch() override;

private:
    Result<std::string> token() const;

    AwsEnvironment environment_;
    std::string url_;
    HttpClient& http_;
    const Clock& clock_;
};

/// The role of an EC2 instance, by IMDSv2: the session token first.
class InstancePlace final : public CredentialPlace {
public:
    InstancePlace(const AwsEnvironment& environment, HttpClient& http, const Clock& clock);
    std::string name() const override;
    Task<Result<Credentials>> fetch() override;

private:
    Task<Result<std::string>> ask(std::string method, std::string path,
                                  std::pair<std::string, std::string> header);

    std::string endpoint_;
    bool disabled_;
    HttpClient& http_;
    const Clock& clock_;
};

}  // namespace imagify::aws
