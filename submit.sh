#!/usr/bin/env bash
# Licensed under the Apache License, Version 2.0. See the LICENSE file.
#
# Runs a job on Spark: builds what is not built, checks the settings, becomes spark-submit.
# docs/configuration.md describes the command line and the exit codes.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: ./submit.sh JOB [options] [-- spark-submit arguments]
       ./submit.sh cluster start [cluster options]
       ./submit.sh cluster stop [--folder FOLDER]

Jobs:
  prepare     makes shards and their manifest from CIFAR, which it can download, MNIST, or built-in images
  check       reads all shards again and holds them against their manifest
  train       trains a network of ODE blocks on such shards
  experiment  trains a grid of methods, networks and seeds, and lays them side by side
  sweep       searches settings: trials side by side, the bad ones ended early
  evaluate    measures how well a trained network does on shards
  predict     classifies images, in files or shards, with a trained network
  export      writes a trained network as NumPy arrays or for Deeplearning4j
  report      lays runs side by side on a page, report.html
  doctor      finds out whether this machine and the cluster are able to train, and says what to do

Options:
  --conf FILE         settings from a HOCON file; may be repeated, the later file wins
  --set KEY=VALUE     one setting; may be repeated, wins over all files
  --profile NAME      settings of a kind of cluster, conf/profiles/NAME.conf (default: local)
  --master URL        master of the cluster, the same as --set spark.master=URL
  --allow-change KEY  train, experiment and sweep may continue what was begun with another value of this setting
  --add-trials N      sweep has so many trials more than it had
  --dry-run           shows the settings and the spark-submit command, starts nothing
  --help              shows this

Cluster options, of a standalone cluster on this machine, for trying:
  --workers N           so many workers (default: 2), ...
  --cores N             each with so many cores (default: 1), ...
  --memory-mebibytes N  so much memory for Java heaps (default: 2048) ...
  --gpus                and one GPU: the first worker has that with address 0, and so on
  --port N              of the master (default: 7077), 0 for any that is free
  --folder FOLDER       for logs and files that say which processes to stop (default: cluster)

conf/reference.conf lists every setting. SPARK_HOME, if set, names the Spark to use; otherwise one is
assembled from Maven's jars.
USAGE
}

# The exit codes that a script can end with before a job runs, see ExitCode.java.
readonly BAD_CONFIGURATION=2 PREFLIGHT_FAILED=3

fail() {
  printf 'anode-spark: %s\n' "$1" >&2
  exit "$PREFLIGHT_FAILED"
}

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
readonly home

# ---- help, which needs nothing to be built ----------------------------------------------------------

if (($# == 0)); then
  usage >&2
  exit "$BAD_CONFIGURATION"
fi
for argument in "$@"; do
  case $argument in
    --) break ;;
    -h | --help)
      usage
      exit 0
      ;;
  esac
done

# Java takes file names for ASCII unless the locale says otherwise.
[[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8

# ---- Java and Spark ---------------------------------------------------------------------------------

readonly java_bin=${JAVA_HOME:+$JAVA_HOME/bin/}

# Ends the script unless the given tool of the JDK is there and is 17 or newer.
require_java() {
  local tool=$java_bin$1 version
  version=$("$tool" -version 2>&1 | sed -nE 's/^(.*version "|javac )([0-9]+).*/\2/p' | head -n 1) || true
  ((${version:-0} >= 17)) ||
    fail "$tool is ${version:+version }${version:-missing}: expected JDK 17 or newer on the PATH or in JAVA_HOME."
}

require_java java

readonly runtime=$home/spark-runtime/target/spark
readonly jar=${ANODE_SPARK_JAR:-$home/spark-jobs/target/anode-spark-jobs.jar}
modules=()

if [[ -n ${SPARK_HOME:-} ]]; then
  [[ -x $SPARK_HOME/bin/spark-submit ]] ||
    fail "SPARK_HOME is $SPARK_HOME, which has no bin/spark-submit: set it to the folder of a Spark 3, or unset it to use the one that is built here."
  SPARK_HOME=$(cd "$SPARK_HOME" && pwd)
  for core in "$SPARK_HOME"/jars/spark-core_*.jar; do
    [[ ! -e $core || $core == */spark-core_2.12-3.* ]] ||
      fail "SPARK_HOME is $SPARK_HOME, which holds ${core##*/}: expected a Spark 3 for Scala 2.12."
  done
fi

# ---- build ------------------------------------------------------------------------------------------

# Whether a product is missing or older than one of its sources; folders count, for deleted files.
outdated() {
  local product=$1
  shift
  [[ ! -e $product || -n $(find "$@" -newer "$product" -print -quit) ]]
}

# Fills the array "modules" with what Maven has to build.
find_outdated_modules() {
  modules=()
  if [[ -z ${SPARK_HOME:-} ]] && outdated "$runtime/bin/spark-submit" \
    "$home"/{pom.xml,spark-runtime/pom.xml,spark-runtime/src,conf/log4j2.properties}; then
    modules+=(spark-runtime)
  fi
  # A jar named by ANODE_SPARK_JAR is used as it is: for tests, and for machines without Maven.
  if [[ -z ${ANODE_SPARK_JAR:-} ]] && outdated "$jar" \
    "$home"/{pom.xml,odelayers/pom.xml,odelayers/src/main,spark-jobs/pom.xml,spark-jobs/src/main,conf/reference.conf}; then
    modules+=(spark-jobs)
  fi
}

# Leaves no half-written jar that would look up to date.
remove_jar() {
  [[ " ${modules[*]} " != *" spark-jobs "* ]] || rm -f "$jar"
}

# Runs Maven for "modules" and shows for how long: on a terminal in one line that is redrawn, elsewhere
# in one line before and one after.
build() {
  local names=${modules[*]} maven status=0 line
  require_java javac
  command -v mvn >/dev/null ||
    fail "mvn is missing: expected Maven 3.8 or newer on the PATH, to build what is not built yet."

  # Removed, not overwritten: a run that uses the old jar keeps it.
  remove_jar
  touch "$build_started"
  SECONDS=0
  mvn -B -q -Dstyle.color=never -f "$home/pom.xml" -pl "${names// /,}" -am \
    -Dmaven.test.skip=true -Dspotless.check.skip=true package >"$build_log" 2>&1 </dev/null &
  maven=$!
  trap 'kill "$maven" 2>/dev/null || true; wait "$maven" || true; remove_jar' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  line="anode-spark: building $names"
  [[ -t 2 ]] || printf '%s\n' "$line" >&2
  while kill -0 "$maven" 2>/dev/null; do
    [[ ! -t 2 ]] || printf '\r%s, %d s ' "$line" "$SECONDS" >&2
    sleep 0.5
  done
  wait "$maven" || status=$?
  trap - EXIT INT TERM
  [[ ! -t 2 ]] || printf '\n' >&2
  if ((status != 0)); then
    remove_jar
    # without the advice that Maven gives after every error
    grep -vE '^\[ERROR\] *$|^\[ERROR\] (\[Help|To see|Re-run|For more|After correcting|  mvn )' "$build_log" |
      tail -n 20 >&2 || true
    fail "The build failed; the lines above are the end of $build_log."
  fi
  printf 'anode-spark: built %s in %d s\n' "$names" "$SECONDS" >&2

  # Maven leaves a product that came out the same as it was: what is older than the build's beginning,
  # and only that, is out of date from now on.
  [[ $names != *spark-runtime* ]] || touch -r "$build_started" "$runtime/bin/spark-submit"
  [[ $names != *spark-jobs* ]] || touch -r "$build_started" "$jar"
}

find_outdated_modules
if ((${#modules[@]} > 0)); then
  mkdir -p "$home/target"
  readonly build_log=$home/target/submit-build.log build_started=$home/target/submit-build.started
  # One build at a time; whoever waited looks again at what is left to build.
  (
    if command -v flock >/dev/null && ! flock -n 9; then
      printf 'anode-spark: waiting for another build\n' >&2
      flock 9
    fi
    find_outdated_modules
    ((${#modules[@]} == 0)) || build
  ) 9>"$home/target/submit-build.lock"
fi

# ---- settings ---------------------------------------------------------------------------------------

export SPARK_HOME=${SPARK_HOME:-$runtime}
readonly java_command=("${java_bin}java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$jar")
if [[ $1 == cluster ]]; then
  ANODE_SPARK_HOME=$home exec "${java_command[@]}" org.anodespark.jobs.cli.ClusterCommand "${@:2}"
fi
command_file=$(mktemp "${TMPDIR:-/tmp}/anode-spark-command.XXXXXX")
trap 'rm -f "$command_file"' EXIT

ANODE_SPARK_HOME=$home ANODE_SPARK_JAR=$jar ANODE_SPARK_COMMAND_FILE=$command_file \
  "${java_command[@]}" org.anodespark.jobs.cli.Launcher "$@"

# ---- run --------------------------------------------------------------------------------------------

[[ -s $command_file ]] || exit 0
{
  while IFS= read -r -d '' assignment && [[ -n $assignment ]]; do
    export "${assignment?}"
  done
  mapfile -d '' -t arguments
} <"$command_file"
rm -f "$command_file"

[[ ! -t 1 ]] || export ANODE_SPARK_TERMINAL=true
exec "$SPARK_HOME/bin/spark-submit" "${arguments[@]}"
