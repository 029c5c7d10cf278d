#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>

#include "adapters/dynamodb/schema.hpp"
#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "app/cloud.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/run_task.hpp"

namespace imagify {
namespace {

std::vector<dynamodb::TableSchema> schema_of(const CloudConfig& cloud) {
    dynamodb::Tables tables;
    tables.users.name = cloud.users_table;
    tables.transactions.name = cloud.transactions_table;
    tables.images.name = cloud.images_table;
    return dynamodb::schema_of(tables);
}

int create_tables() {
    const auto reading = read_config(process_environment());
    BeastHttpClient http_client;
    SystemClock clock;
    SystemRandom random;
    Cloud cloud(reading.config, {.http = http_client, .clock = clock, .random = random});
    const auto made = run_task(cloud.tables().create_tables(schema_of(reading.config.cloud)));
    if (!made) {
        std::fprintf(stderr, "imagify: %s: %s\n", made.error().code.c_str(),
                     made.error().detail.c_str());
        return kExitProblem;
    }
    std::printf("The tables are there.\n");
    return kExitDone;
}

int print_tables() {
    const auto reading = read_config(process_environment());
    const auto schema = dynamodb::to_json(schema_of(reading.config.cloud));
    std::printf("%s\n", boost::json::serialize(schema).c_str());
    return kExitDone;
}

}  // namespace

void add_tables(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("tables", "The tables of STORE=dynamodb");
    command->require_subcommand(1);
    command->footer(
        "Examples:\n"
        "  DYNAMODB_ENDPOINT=http://127.0.0.1:8000 imagify tables create\n"
        "  imagify tables print        the tables, their keys and indexes, as JSON\n\n"
        "USERS_TABLE, TRANSACTIONS_TABLE and IMAGES_TABLE name them. On AWS the stacks make them.");
    command->add_subcommand("create", "Make those that are missing")->callback([&exit_code] {
        exit_code = create_tables();
    });
    command->add_subcommand("print", "Say what they have to be like")->callback([&exit_code] {
        exit_code = print_tables();
    });
}

}  // namespace imagify
