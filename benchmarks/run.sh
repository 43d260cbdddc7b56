#!/usr/bin/env bash
# Licensed under the Apache License, Version 2.0. See the LICENSE file.
#
# Measures how fast anode-spark is: builds what is not built, then starts Java.
# docs/performance.md tells what the numbers mean.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: ./benchmarks/run.sh PROGRAM [OUT_FOLDER] [options]

Programs:
  kernels   convolution and batch norm by themselves, by JMH
  block     one step of training of an ODE block, beside Deeplearning4j's own layers, libtorch (fetched
            by Maven at the first run, 110 MB) and PyTorch in Python, if there is one
  train     training of a whole network, beside Deeplearning4j's own layers, and on Spark

OUT_FOLDER gets a Markdown file, the same as JSON with every single time, PNG files, and the logs of
child processes (default: benchmarks/target/PROGRAM). OMP_NUM_THREADS, if set, is the number of
threads of everything that is measured (default: 2).

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
  kernels | block | train) ;;
  -h | --help)
    usage
    exit 0
    ;;
  '')
    usage >&2
    exit "$WRONG_COMMAND_LINE"
    ;;
  *)
    printf 'anode-spark: "%s" is no program: expected kernels, block or train.\n' "$1" >&2
    exit "$WRONG_COMMAND_LINE"
    ;;
esac

# Java takes file names for ASCII unless the locale says otherwise.
[[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
readonly home
readonly target=$home/benchmarks/target
readonly java_bin=${JAVA_HOME:+$JAVA_HOME/bin/}

version=$("${java_bin}java" -version 2>&1 | sed -nE 's/^.*version "([0-9]+).*/\1/p' | head -n 1) || true
((${version:-0} >= 17)) ||
  fail "${java_bin}java is ${version:+version }${version:-missing}: expected JDK 17 or newer on the PATH or in JAVA_HOME."

# Whether a class path, which the build writes last, is missing or older than the sources.
outdated() {
  [[ ! -s $1 || -n $(find "$home"/{pom.xml,conf/reference.conf} \
    "$home"/{odelayers,examples,spark-jobs,benchmarks}/{pom.xml,src/main} -newer "$1" -print -quit) ]]
}

# Builds with the given Maven profiles; the end of the log is shown if that fails.
build() {
  local log=$target/run-build.log
  command -v mvn >/dev/null ||
    fail "mvn is missing: expected Maven 3.8 or newer on the PATH, to build what is not built yet."
  mkdir -p "$target"
  printf 'anode-spark: building benchmarks\n' >&2
  mvn -B -q -Dstyle.color=never -f "$home/pom.xml" "-P$1" -pl benchmarks -am \
    -Dmaven.test.skip=true -Dspotless.check.skip=true process-classes >"$log" 2>&1 </dev/null || {
    tail -n 20 "$log" >&2
    return 1
  }
}

class_path=$target/class-path
if outdated "$class_path"; then
  rm -f "$class_path"
  build benchmarks || fail "The build failed; the lines above are the end of $target/run-build.log."
fi

# The only program that needs libtorch, and does without it if it must.
if [[ $1 == block && $* != *--without*libtorch* && $* != *--help* ]]; then
  if outdated "$class_path-libtorch"; then
    rm -f "$class_path-libtorch"
    build benchmarks,libtorch || printf 'anode-spark: libtorch cannot be fetched.\n' >&2
  fi
  [[ ! -s $class_path-libtorch ]] || class_path+=-libtorch
fi

export OMP_NUM_THREADS=${OMP_NUM_THREADS:-2}

# What is measured runs in child processes, and in forks of JMH, which inherit these options.
exec "${java_bin}java" -Xmx2g -Djava.awt.headless=true \
  -Dorg.bytedeco.javacpp.maxbytes=8g -Dorg.bytedeco.javacpp.maxphysicalbytes=10g \
  -Dlog4j2.configurationFile="$home/conf/log4j2.properties" \
  -Dprogram.output="$target" -Dbenchmarks.home="$home/benchmarks" \
  -cp "$target/classes:$(<"$class_path")" org.anodespark.benchmarks.Benchmarks "$@"
