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

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
readonly home module=examples
# shellcheck source=examples/program.sh
source "$home/examples/program.sh"

require_program "${1:-}" reversal consistency costs
require_java

readonly class_path=$target/class-path
if outdated "$class_path" "$home"/pom.xml "$home"/{odelayers,examples}/{pom.xml,src/main}; then
  build "$class_path" package || build_failed
fi

# Only the arrays of "costs" are large enough for more than one thread.
[[ $1 == costs ]] || export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}

# Arrays live outside the heap, where "costs" keeps up to 1.3 GiB of them.
exec "${java_bin}java" -Xmx1g -Djava.awt.headless=true \
  -Dorg.bytedeco.javacpp.maxbytes=4g -Dorg.bytedeco.javacpp.maxphysicalbytes=6g \
  -Dprogram.output="$target" \
  -cp "$target/classes:$(<"$class_path")" org.anodespark.examples.Examples "$@"
