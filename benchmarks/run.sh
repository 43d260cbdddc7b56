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
  kernels   convolution, dense layer, norms and others by themselves, by JMH
  block     one step of training of an ODE block, beside Deeplearning4j's own layers, libtorch (fetched
            by Maven at the first run, 110 MB) and PyTorch in Python, if there is one
  train     training of a whole network, beside Deeplearning4j's own layers, and on Spark

OUT_FOLDER gets a Markdown file, JSON with every single time (kernels: medians and quartiles), a chart of
block and train, and the logs of child processes (default: benchmarks/target/PROGRAM). OMP_NUM_THREADS,
if set, is the number of threads of everything that is measured (default: 2).

Options:
  --help        shows this; behind a program's name its own options

Exit codes: 0 done, 1 the program failed, 2 the command line is wrong, 3 Java or Maven is missing or
the build failed.
USAGE
}

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
readonly home module=benchmarks
# shellcheck source=examples/program.sh
source "$home/examples/program.sh"

require_program "${1:-}" kernels block train
require_java

readonly sources=("$home"/{pom.xml,conf/reference.conf}
  "$home"/{odelayers,examples,spark-jobs,benchmarks}/{pom.xml,src/main})
class_path=$target/class-path
if outdated "$class_path" "${sources[@]}"; then
  build "$class_path" -Pbenchmarks process-classes || build_failed
fi

# The only program that needs libtorch, and does without it if it must.
if [[ $1 == block && $* != *--without*libtorch* && $* != *--help* ]]; then
  if outdated "$class_path-libtorch" "${sources[@]}"; then
    build "$class_path-libtorch" -Pbenchmarks,libtorch process-classes ||
      printf 'anode-spark: libtorch cannot be fetched.\n' >&2
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
