# The suites of ./test. Each adds what it executed to `passed` and `failed`. Sourced, not run.
passed=0 failed=0

# tally SUITE PASSED FAILED SECONDS: one line per suite. A suite that executed nothing has failed.
tally() {
    local good=$2 bad=$3
    if ((good + bad == 0)); then
        bad=1
        say "  $1 executed no test: that is a failure."
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    printf '%-22s %6d passed %4d failed %5d s\n' "$1" "$good" "$bad" "$4"
}

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

built() { build_preset "$1" || { tally "build-$1" 0 1 0; return 1; }; }

# The tests of tidy itself have run in suite_tidy.
suite_cpp() { ! built dev || run_ctest cpp dev -LE tidy; }
suite_unit() { ! built dev || run_ctest unit dev -L unit; }
suite_api() { ! built dev || run_ctest api dev -L 'api|contract'; }
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
suite_asan() { ! built asan || run_ctest asan asan -LE tidy; }
suite_tsan() { ! built tsan || run_ctest tsan tsan -LE tidy; }
suite_lint() { ! built dev || counted lint "running clang-tidy" "$root/tools/lint"; }

# proof SUITE LABEL PROGRAM: a program under build/dev/tests that prints its figures and closes with
# "SUITE: N passed, N failed"; with ./test --deep it does much more of the same.
proof() {
    built dev || return 0
    counted "$1" "$2" "$root/build/dev/tests/$3" ${deep:+--deep}
    grep -v ': [0-9]* passed, [0-9]* failed' "$logs/$1.log" | sed 's/^/    /' || true
}

suite_sim() { proof sim "simulating the money with its mutants" sim/imagify_sim; }
suite_vnpay() { proof vnpay "hostile VNPAY messages" vnpay/imagify_vnpay; }
suite_powerloss() { proof powerloss "cutting the power under the store" powerloss/powerloss; }
suite_faults() { proof faults "failing every N-th call" faults/faults; }
suite_crash() { proof crash "killing servers" crash/imagify_crash; }
suite_restart() { proof restart "restarting on a large ledger" crash/imagify_restart; }

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

suite_e2e() {
    local started=$EPOCHSECONDS rc=0 good bad report=$logs/e2e.json
    build_release
    rm -f "$report"
    step "walking through the product in a browser" e2e "$root/tools/e2e" || rc=$?
    good=$(($(json_number expected "$report") + $(json_number flaky "$report")))
    bad=$(json_number unexpected "$report")
    ((rc == 0 || bad > 0)) || bad=1
    tally e2e "$good" "$bad" $((EPOCHSECONDS - started))
}
