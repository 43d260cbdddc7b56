# Licensed under the Apache License, Version 2.0. See the LICENSE file.
# shellcheck shell=bash
#
# What the scripts that build and start Java programs share. The script that reads it has defined
# home, the folder of the project; module, the folder of its own below it; and usage, which prints how
# to call it. Leaves target, java_bin and functions.

readonly FAILED_TO_START=3 WRONG_COMMAND_LINE=2
readonly target=$home/$module/target
readonly java_bin=${JAVA_HOME:+$JAVA_HOME/bin/}

fail() {
  printf 'anode-spark: %s\n' "$1" >&2
  exit "$FAILED_TO_START"
}

# require_program GIVEN KNOWN...: ends the script unless a known program is given; sees to --help.
require_program() {
  local given=$1 known
  shift
  for known; do
    [[ $given != "$known" ]] || return 0
  done
  case $given in
    -h | --help)
      usage
      exit 0
      ;;
    '')
      usage >&2
      exit "$WRONG_COMMAND_LINE"
      ;;
  esac
  local names
  names=$(printf '%s, ' "${@:1:$#-1}")
  printf 'anode-spark: "%s" is no program: expected %s or %s.\n' "$given" "${names%, }" "${!#}" >&2
  exit "$WRONG_COMMAND_LINE"
}

require_java() {
  # Java takes file names for ASCII unless the locale says otherwise.
  [[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8
  local version
  version=$("${java_bin}java" -version 2>&1 | sed -nE 's/^.*version "([0-9]+).*/\1/p' | head -n 1) || true
  ((${version:-0} >= 17)) ||
    fail "${java_bin}java is ${version:+version }${version:-missing}: expected JDK 17 or newer on the PATH or in JAVA_HOME."
}

# outdated CLASS_PATH SOURCE...: whether the class path, which the build writes last and so tells that
# it is complete, is missing or older than a source.
outdated() {
  local class_path=$1
  shift
  [[ ! -s $class_path || -n $(find "$@" -newer "$class_path" -print -quit) ]]
}

# build CLASS_PATH MAVEN_ARGUMENT...: builds the module and what it needs; shows the end of the log and
# fails if that fails.
build() {
  local class_path=$1 log=$target/run-build.log
  shift
  command -v mvn >/dev/null ||
    fail "mvn is missing: expected Maven 3.8 or newer on the PATH, to build what is not built yet."
  mkdir -p "$target"
  printf 'anode-spark: building %s\n' "$module" >&2
  rm -f "$class_path"
  mvn -B -q -Dstyle.color=never -f "$home/pom.xml" -pl "$module" -am \
    -Dmaven.test.skip=true -Dspotless.check.skip=true "$@" >"$log" 2>&1 </dev/null || {
    tail -n 20 "$log" >&2
    return 1
  }
}

# build_failed: ends the script after a build that it cannot do without.
build_failed() {
  fail "The build failed; the lines above are the end of $target/run-build.log."
}
