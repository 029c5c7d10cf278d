# The suites of ./test. Each adds what it executed to `passed` and `failed`. Sourced, not run.
passed=0 failed=0 red=()

# tally SUITE PASSED FAILED SECONDS: one line per suite. A suite that executed nothing has failed.
tally() {
    local good=$2 bad=$3
    if ((good + bad == 0)); then
        bad=1
        say "  $1 executed no test: that is a failure."
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    ((bad == 0)) || red+=("$1")
    printf '%-22s %6d passed %4d failed %5d s\n' "$1" "$good" "$bad" "$4"
}

# recap: what failed, said once more at the end, where a reader of a long log looks first. The words
# are those of GoogleTest, CTest, Node, Playwright and our own proofs.
recap() {
    local suite
    for suite in "${red[@]}"; do
        printf '\n%s failed (build/log/%s.log):\n' "$suite" "$suite"
        sed 's/\x1b\[[0-9;]*[A-Za-z]//g' "$logs/$suite.log" 2>/dev/null |
            grep -E -A 8 "$recap_words" | tail -n 60 | cut -c1-200 | sed 's/^/    | /' || true
    done
}
recap_words='^ *(FAILED|not ok|\[  FAILED  \]|[0-9]+\) )|\*\*\*Failed|: Failure$'
recap_words+='|(^|[^a-z])[Ee]rror: '

# counts FILE: "PASSED FAILED" from a closing line "...: N passed, N failed".
counts() { sed -n 's/.*: \([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$1" | tail -n 1; }

# counted SUITE LABEL COMMAND...: a command whose closing line says "...: N passed, N failed".
counted() {
    local suite=$1 started=$EPOCHSECONDS rc=0 good bad
    step "$2" "$suite" "${@:3}" || rc=$?
    read -r good bad < <(counts "$logs/$suite.log"; echo)
    ((rc == 0 || ${bad:-0} > 0)) || bad=1
    tally "$suite" "${good:-0}" "${bad:-0}" $((EPOCHSECONDS - started))
}

# plain SUITE LABEL COMMAND...: a command that passes or fails as one.
plain() {
    local suite=$1 started=$EPOCHSECONDS
    if step "$2" "$suite" "${@:3}"; then
        tally "$suite" 1 0 $((EPOCHSECONDS - started))
    else
        tally "$suite" 0 1 $((EPOCHSECONDS - started))
    fi
}

suite_tidy() {
    counted tidy "checking the rules of the house" "$root/tools/tidy"
    counted tidy-self-test "proving that the rules can fail" "$root/tools/tidy" --self-test
    counted format "checking the format" "$root/tools/format"
}

# run_ctest SUITE PRESET CTEST-ARGUMENTS...: the C++ tests of one build.
run_ctest() {
    local suite=$1 preset=$2 started=$EPOCHSECONDS total bad rc=0
    step "running $suite" "$suite" ctest --test-dir "$root/build/$preset" --output-on-failure \
        --no-tests=error --timeout 120 -j "$(nproc)" "${@:3}" || rc=$?
    read -r bad total < <(sed -n \
        's/.*tests passed, \([0-9]*\) tests failed out of \([0-9]*\).*/\1 \2/p' \
        "$logs/$suite.log"; echo)
    ((rc == 0 || ${bad:-0} > 0)) || bad=1
    total=${total:-0}
    ((total >= ${bad:-0})) || total=$bad
    tally "$suite" $((total - ${bad:-0})) "${bad:-0}" $((EPOCHSECONDS - started))
}

built() { build_preset "$@" || { tally "build-$1" 0 1 0; return 1; }; }

# The tests of tidy itself have run in suite_tidy. In ./test all the same tests run under asan only:
# building them twice would take a quarter of the whole time.
suite_cpp() { ! built dev || run_ctest cpp dev -LE tidy; }
suite_unit() { ! built dev || run_ctest unit dev -L unit; }
suite_api() { ! built dev || run_ctest api dev -L 'api|contract'; }
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
suite_asan() { ! built asan || run_ctest asan asan -LE tidy; }
suite_tsan() { ! built tsan || run_ctest tsan tsan -LE tidy; }
# clang-tidy reads the precompiled headers, and nothing else that is built.
suite_lint() { ! built dev imagify_pch || counted lint "running clang-tidy" "$root/tools/lint"; }

# proof SUITE LABEL PROGRAM: a program under build/dev/tests that prints its figures and closes with
# "SUITE: N passed, N failed"; with ./test --deep it does much more of the same.
proof() {
    built dev "${3##*/}" || return 0
    figures "$1" "$2" "$root/build/dev/tests/$3"
}

# figures SUITE LABEL PROGRAM ARGUMENTS...: runs it and shows what it printed, but for the end.
figures() {
    counted "$1" "$2" "${@:3}" ${deep:+--deep}
    grep -v ': [0-9]* passed, [0-9]* failed' "$logs/$1.log" | sed 's/^/    /' || true
}

suite_sim() { proof sim "simulating the money with its mutants" sim/imagify_sim; }
suite_vnpay() { proof vnpay "hostile VNPAY messages" vnpay/imagify_vnpay; }
suite_powerloss() { proof powerloss "cutting the power under the store" powerloss/powerloss; }
suite_faults() { proof faults "failing every N-th call" faults/faults; }
suite_crash() { proof crash "killing servers" crash/imagify_crash; }
suite_security() { proof security "attacking the program" security/imagify_security; }
suite_restart() { proof restart "restarting on a large ledger" crash/imagify_restart; }

suite_recovery() { proof recovery "losing disks" crash/imagify_recovery; }

suite_ops() {
    counted ops "checking alerts and dashboards" "$root/tools/ops"
    node_tests aws-recovery "recovering on AWS, with calls that fail" \
        "$root"/ops/recovery/test/*.test.mjs
}

# ---- AWS on this machine ----

lab() { node "$root/tools/aws/lab.mjs" run "$@"; }

# node_tests SUITE LABEL FILE...: tests of Node's own runner. What is skipped has not been shown.
node_tests() {
    local suite=$1 started=$EPOCHSECONDS rc=0 good bad skipped
    step "$2" "$suite" node --test --test-reporter=tap "${@:3}" || rc=$?
    good=$(sed -n 's/^# pass //p' "$logs/$suite.log" | tail -n 1)
    bad=$(sed -n 's/^# fail //p' "$logs/$suite.log" | tail -n 1)
    skipped=$(sed -n 's/^# skipped //p' "$logs/$suite.log" | tail -n 1)
    ((rc == 0 || ${bad:-0} > 0)) || bad=1
    tally "$suite" "${good:-0}" "$((${bad:-0} + ${skipped:-0}))" $((EPOCHSECONDS - started))
}

# with_lab SUITE LABEL PROGRAM [FILTER]: the tests of a GoogleTest program that touch AWS, on the
# lab. What is skipped there has not been shown, and what must not be missing is counted.
with_lab() {
    local suite=$1 started=$EPOCHSECONDS rc=0 good bad skipped
    step "$2" "$suite" lab "$root/build/dev/tests/$3" --gtest_brief=1 \
        ${4:+--gtest_filter="$4"} || rc=$?
    good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$logs/$suite.log" | tail -n 1)
    bad=$(sed -n 's/^ *\([0-9]*\) FAILED TEST.*/\1/p' "$logs/$suite.log" | tail -n 1)
    skipped=$(sed -n 's/^\[  SKIPPED \] \([0-9]*\) test.*/\1/p' "$logs/$suite.log" | tail -n 1)
    ((rc == 0 || ${bad:-0} > 0)) || bad=1
    tally "$suite" "${good:-0}" "$((${bad:-0} + ${skipped:-0}))" $((EPOCHSECONDS - started))
}

suite_aws() {
    aws_lab
    node_tests aws-lab "proving the lab of AWS" "$root"/tools/aws/*.test.mjs
    built dev store_contract blobs_contract cloud_contract limits_contract cognito_test \
        fake_dynamo_test api_test imagify bootstrap || return 0
    with_lab aws-store "contract of the store on DynamoDB" contract/store_contract '*DynamoReal*'
    with_lab aws-blobs "contract of the blobs on S3" contract/blobs_contract '*/S3'
    with_lab aws-cloud "contract of queue, mail and secrets" contract/cloud_contract
    with_lab aws-limits "contract of the limits" contract/limits_contract
    with_lab aws-identity "people of a Cognito pool" unit/cognito/cognito_test 'CognitoLocal*'
    with_lab aws-fake "the DynamoDB in memory beside a real one" \
        unit/fake_dynamo/fake_dynamo_test '*Differential*'
    local transport
    for transport in lambda-v1 lambda-v2; do
        IMAGIFY_API_TRANSPORT=$transport IMAGIFY_API_STORE=sqlite \
            with_lab "aws-api-$transport" "the API as events ($transport)" api/api_test
    done
    IMAGIFY_API_STORE=dynamodb \
        with_lab aws-api-dynamodb "the API on DynamoDB and S3" api/api_test
    IMAGIFY_API_TRANSPORT=lambda-v1 IMAGIFY_API_STORE=dynamodb \
        with_lab aws-api-all "the API as events, on DynamoDB and S3" api/api_test
    figures aws-worker "killing workers" "$root/tests/aws/worker.mjs"
    figures aws-servers "several servers on one store" "$root/tests/aws/servers.mjs"
    figures aws-planted "planting faults there" "$root/tests/aws/planted.mjs"
    figures aws-usage "counting what a use costs on AWS" "$root/tests/aws/usage.mjs"
    suite_aws_package
    suite_aws_walk
}

suite_aws_package() {
    build_release
    plain aws-zip "packing for Lambda" "$root/tools/package.py" "$root/build/bootstrap" \
        --into "$root/dist"
    figures aws-package "starting the package in bare systems" \
        "$root/tests/package/package_test.py"
}

suite_arm64() {
    build_arm64
    plain arm64-zip "packing for Lambda on ARM" "$root/tools/package.py" \
        "$root/build/arm64/bootstrap" --into "$root/dist"
    figures arm64 "starting the package under qemu" "$root/tests/package/package_test.py" \
        --machine arm64
}

suite_aws_walk() {
    build_release
    walk aws-e2e "walking through it as on AWS" --aws walk letters receipt security console
}

# Not part of ./test: it measures, and a busy machine measures itself.
suite_load() {
    build_release
    aws_lab
    local room=$root/tests/load
    if ! fresh load-modules "$(fingerprint tests/load/package-lock.json)"; then
        step "fetching Artillery (460 MB)" npm-ci-load npm --prefix "$room" ci ||
            fail "npm ci failed; see above. It needs the npm registry once."
        stamp load-modules "$(fingerprint tests/load/package-lock.json)"
    fi
    figures load-serve "loading imagify serve" "$room/load.mjs"
    figures load-aws "loading it as on AWS" "$room/load.mjs" --on aws --runs x1
}

suite_fuzz() {
    built asan imagify_fuzz || return 0
    figures fuzz "fuzzing the parsers" "$root/build/asan/tests/fuzz/imagify_fuzz"
}

suite_infra() {
    infra_modules
    plain infra-types "infra: types" npm --prefix "$root/infra" run typecheck
    # Pages of the site are compared with those of the program.
    build_web
    built dev imagify || return 0
    node_tests infra "the stacks of AWS, as they would be deployed" \
        "--import=$root/infra/node_modules/tsx/dist/loader.mjs" "$root"/infra/test/*.test.ts
}

suite_cost() {
    infra_modules
    node_tests cost "the bill against sums by hand" \
        "--import=$root/infra/node_modules/tsx/dist/loader.mjs" "$root"/infra/cost/*.test.ts
}

suite_web() {
    local script
    build_web
    for script in lint gen:check typecheck; do
        plain "web-$script" "web: $script" npm --prefix "$root/web" run "$script"
    done
    run_vitest
    plain web-budgets "web: budgets" npm --prefix "$root/web" run budgets
}

# json_number KEY FILE: the first "KEY": N in it.
json_number() {
    { grep -o "\"$1\": *[0-9]*" "$2" 2>/dev/null || echo 0; } | head -n 1 | grep -o '[0-9]*$'
}

run_vitest() {
    local started=$EPOCHSECONDS rc=0 bad report=$logs/web-unit.json
    rm -f "$report"
    step "web: unit tests" web-unit npm --prefix "$root/web" run test -- \
        --reporter=default --reporter=json --outputFile="$report" || rc=$?
    bad=$(json_number numFailedTests "$report")
    ((rc == 0 || bad > 0)) || bad=1
    tally web-unit "$(json_number numPassedTests "$report")" "$bad" $((EPOCHSECONDS - started))
}

suite_deb() {
    build_release
    figures deb "installing, upgrading and purging the package" "$root/tests/package/deb_test.py"
    figures container "starting what the Dockerfile says" "$root/tests/package/container_test.py"
    figures proxies "serving behind nginx and Caddy" "$root/tests/package/proxies_test.py"
}

suite_e2e() {
    build_release
    walk e2e "walking through the product in a browser"
}

# walk SUITE LABEL ARGUMENTS...: tools/e2e, counted by Playwright's own report.
walk() {
    local suite=$1 started=$EPOCHSECONDS rc=0 good bad report=$logs/e2e.json
    rm -f "$report"
    step "$2" "$suite" "$root/tools/e2e" "${@:3}" || rc=$?
    good=$(($(json_number expected "$report") + $(json_number flaky "$report")))
    bad=$(json_number unexpected "$report")
    ((rc == 0 || bad > 0)) || bad=1
    tally "$suite" "$good" "$bad" $((EPOCHSECONDS - started))
}
