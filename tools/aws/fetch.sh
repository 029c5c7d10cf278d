#!/usr/bin/env bash
# Fetches the emulators for tools/aws/lab.mjs: npm packages of the lock file, and DynamoDB Local,
# whose licence lets everybody use it and nobody pass it on: it is never part of this repository.
# usage: tools/aws/fetch.sh   (./run aws and ./test aws call it; does nothing when all is there)
set -euo pipefail
room=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
into=$room/../../build/aws
mkdir -p "$into"

# The jar comes in this npm package; its dependencies are a whole other tool, so they stay out.
package=amplify-dynamodb-simulator version=2.9.30
sha256=3503ffac19f183407909fecdacf4db51ab1fdad1da7b2f177016670b2d80e4b9

if [ "$(cat "$into/dynamodb-local/.sha256" 2>/dev/null)" != "$sha256" ]; then
    echo "fetching DynamoDB Local (57 MB)"
    rm -rf "$into/dynamodb-local" "$into/package"
    (cd "$into" && npm pack --silent "$package@$version" >/dev/null)
    archive=$into/$package-$version.tgz
    echo "$sha256  $archive" | sha256sum --check --quiet
    tar -xzf "$archive" -C "$into"
    rm "$archive"
    mv "$into/package" "$into/dynamodb-local"
    echo "$sha256" >"$into/dynamodb-local/.sha256"
fi

if ! cmp -s "$room/package-lock.json" "$into/package-lock.json"; then
    echo "fetching the emulators of S3, Cognito and SES (npm ci)"
    npm --prefix "$room" ci --no-audit --no-fund --loglevel=error
    cp "$room/package-lock.json" "$into/package-lock.json"
fi

if [ "$room/loopback_bind.c" -nt "$into/loopback_bind.so" ]; then
    echo "building loopback_bind.so"
    compiler=$(command -v clang-19 || command -v clang-20 || command -v clang-21 || command -v cc)
    "$compiler" -O2 -Wall -shared -fPIC -o "$into/loopback_bind.so" "$room/loopback_bind.c" -ldl
fi
