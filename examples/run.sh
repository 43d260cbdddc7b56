#!/usr/bin/env bash
# Licensed under the Apache License, Version 2.0. See the LICENSE file.
#
# Runs a program of the examples: builds what is not built, then starts Java. No Spark is involved.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: ./examples/run.sh PROGRAM [OUT_FOLDER] [options]

Programs:
  reversal      solves fields forwards and back again; what comes back, as tables and pictures
  consistency   the gradient of the continuous adjoint against the exact one, over step sizes
  costs         time and memory of every adjoint strategy on a convolution block; takes half an
                hour and 2 GiB, and a machine with nothing else to do

OUT_FOLDER gets PNG files and a Markdown file (default: examples/target/PROGRAM).

Options:
  --help        shows this; behind a program's name its own options

Exit codes: 0 done, 1 the program failed, 2 the command line is wrong, 3 Java or Maven is missing or
the build failed.
USAGE
}

readonly FAILED_TO_START=3 WRONG_COMMAND_LINE=2

fail() {
  printf 'anode-spark: %s\n' "$1" >&2
  exit "$FAILED_TO_START"
}

case ${1:-} in
  reversal | consistency | costs) ;;
  -h | --help)
    usage
    exit 0
    ;;
  '')
    usage >&2
    exit "$WRONG_COMMAND_LINE"
    ;;
  *)
    printf 'anode-spark: "%s" is no program: expected reversal, consistency or costs.\n' "$1" >&2
    exit "$WRONG_COMMAND_LINE"
    ;;
esac

# Java takes file names for ASCII unless the locale says otherwise.
[[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
readonly home
readonly target=$home/examples/target
readonly java_bin=${JAVA_HOME:+$JAVA_HOME/bin/}

version=$("${java_bin}java" -version 2>&1 | sed -nE 's/^.*version "([0-9]+).*/\1/p' | head -n 1) || true
((${version:-0} >= 17)) ||
  fail "${java_bin}java is ${version:+version }${version:-missing}: expected JDK 17 or newer on the PATH or in JAVA_HOME."

# The class path is written last, so it is the sign that the build is complete.
outdated() {
  [[ ! -s $target/class-path || -n $(find "$home"/{pom.xml,odelayers/pom.xml,odelayers/src/main} \
    "$home"/examples/{pom.xml,src/main} -newer "$target/class-path" -print -quit) ]]
}

if outdated; then
  command -v mvn >/dev/null ||
    fail "mvn is missing: expected Maven 3.8 or newer on the PATH, to build what is not built yet."
  mkdir -p "$target"
  log=$target/run-build.log
  printf 'anode-spark: building examples\n' >&2
  rm -f "$target/class-path"
  mvn -B -q -Dstyle.color=never -f "$home/pom.xml" -pl examples -am \
    -Dmaven.test.skip=true -Dspotless.check.skip=true package >"$log" 2>&1 </dev/null || {
    tail -n 20 "$log" >&2
    fail "The build failed; the lines above are the end of $log."
  }
fi

# Only the arrays of "costs" are large enough for more than one thread.
[[ $1 == costs ]] || export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}

# Arrays live outside the heap, where "costs" keeps up to 1.3 GiB of them.
exec "${java_bin}java" -Xmx1g -Djava.awt.headless=true \
  -Dorg.bytedeco.javacpp.maxbytes=4g -Dorg.bytedeco.javacpp.maxphysicalbytes=6g \
  -Dprogram.output="$target" \
  -cp "$target/classes:$(<"$target/class-path")" org.anodespark.examples.Examples "$@"
