#include <boost/algorithm/string/case_conv.hpp>
#include <set>
#include <string_view>

#include "support/fake_dynamo/expressions.hpp"

namespace imagify::testing::dynamo {

bool is_reserved(std::string word) {
    // Those of DynamoDB's 573 reserved words that could be the name of an attribute here; whatever
    // is missing, DynamoDB Local refuses in the same tests.
    static const std::set<std::string_view> kWords{
        "ACTION",    "ADD",      "AGENT",   "ALL",       "AND",        "ATTRIBUTE",  "BATCH",
        "BEGIN",     "BETWEEN",  "BINARY",  "BLOB",      "BY",         "CAPACITY",   "CHECK",
        "CLASS",     "COMMENT",  "COMMIT",  "CONDITION", "CONNECTION", "CONSUMED",   "CONTAINS",
        "COUNT",     "COUNTER",  "CREATE",  "CURRENT",   "CURSOR",     "DATA",       "DATE",
        "DAY",       "DEFAULT",  "DELETE",  "DOMAIN",    "DURATION",   "END",        "ERROR",
        "EXISTS",    "EXPLAIN",  "FAIL",    "FILE",      "FILTER",     "FORMAT",     "FROM",
        "FUNCTION",  "GET",      "GRANT",   "GROUP",     "HASH",       "HOLD",       "HOUR",
        "IDENTITY",  "IN",       "INDEX",   "INNER",     "ITEM",       "ITEMS",      "KEY",
        "KEYS",      "LANGUAGE", "LAST",    "LENGTH",    "LEVEL",      "LIMIT",      "LIST",
        "LOCAL",     "LOCATION", "LOCK",    "LOG",       "MAP",        "METHOD",     "MINUTE",
        "MODE",      "MONTH",    "NAME",    "NAMES",     "NEW",        "NEXT",       "NO",
        "NOT",       "NULL",     "NUMBER",  "OBJECT",    "OF",         "OFFSET",     "ON",
        "OPEN",      "OR",       "ORDER",   "OTHER",     "OUTER",      "OWNER",      "PARTITION",
        "PATH",      "PERCENT",  "PLAN",    "PRIMARY",   "PRIVATE",    "PROJECTION", "PUBLIC",
        "QUERY",     "RANGE",    "RAW",     "READ",      "REF",        "REFERENCE",  "REGION",
        "RELEASE",   "REMOVE",   "RETURN",  "ROLE",      "ROW",        "SCAN",       "SECOND",
        "SELECT",    "SEQUENCE", "SESSION", "SET",       "SIZE",       "SOURCE",     "START",
        "STATE",     "STATUS",   "STYLE",   "SUM",       "TABLE",      "TEXT",       "TIME",
        "TIMESTAMP", "TO",       "TOKEN",   "TOTAL",     "TTL",        "TYPE",       "UPDATE",
        "URL",       "USAGE",    "USE",     "USER",      "USERS",      "UUID",       "VALUE",
        "VALUES",    "VIEW",     "WHERE",   "WITH",      "WRITE",      "YEAR",       "ZONE"};
    boost::to_upper(word);
    return kWords.contains(word);
}

}  // namespace imagify::testing::dynamo
