# Finds a Java and runs the program on it: what bin/binlogbroker of an installation and ./binlogbroker
# of a checkout share. For bash with -euo pipefail.

fail() {
  echo "binlogbroker: $1" >&2
  exit 2
}

# Prints the first number of a Java's version, such as 17. The file beside its programs names it
# without a start of Java.
java_version() {
  local program=$1 release text=
  release=$(dirname "$(dirname "$(readlink -f "$program")")")/release
  if [[ -r $release ]]; then
    text=$(<"$release")
  fi
  if [[ ! $text =~ JAVA_VERSION=\"([0-9]+)(\.([0-9]+))? ]]; then
    text=$("$program" -version 2>&1) || fail "$program does not run: $text"
    [[ $text =~ version\ \"([0-9]+)(\.([0-9]+))? ]] || fail "$program does not tell its version: $text"
  fi
  # Up to 8 it was 1.8.
  if [[ ${BASH_REMATCH[1]} == 1 ]]; then
    echo "${BASH_REMATCH[3]:-1}"
  else
    echo "${BASH_REMATCH[1]}"
  fi
}

# Sets java and version: to the Java of JAVA_HOME, else to the newest of the one on PATH and those
# where Linux distributions put them.
find_java() {
  local program found
  local how="install a newer JDK or JRE, on Debian openjdk-17-jre-headless, or set JAVA_HOME to the folder of one"
  java=
  version=0
  if [[ -n ${JAVA_HOME:-} ]]; then
    [[ -x $JAVA_HOME/bin/java ]] ||
      fail "expected Java 17 or later, but there is no program $JAVA_HOME/bin/java; fix: $how"
    java=$JAVA_HOME/bin/java
    version=$(java_version "$java")
  else
    for program in "$(type -P java || true)" /usr/lib/jvm/*/bin/java /opt/java/*/bin/java; do
      if [[ -x $program ]]; then
        found=$(java_version "$program")
        if ((found > version)); then
          java=$program
          version=$found
        fi
      fi
    done
    [[ -n $java ]] || fail "expected Java 17 or later, but there is no program java; fix: $how"
  fi
  if ((version < 17)); then
    fail "expected Java 17 or later, but $java is Java $version; fix: $how"
  fi
}

# Runs Java as a child, passes signals on, and ends as it ends.
supervise() {
  local child status=0 signalled=1
  # SIGINT is ignored in a child of the background: SIGTERM ends it as well.
  "$@" <&0 &
  child=$!
  trap 'signalled=1; kill -TERM "$child" 2>/dev/null || true' INT TERM HUP
  while [[ -n $signalled ]]; do
    signalled=
    status=0
    wait "$child" || status=$?
  done
  exit "$status"
}

# archive LIB LIST ARCHIVE: makes an archive of the listed classes, or none. Two starts at once each
# write a file of their own.
archive() {
  local new=$3.$$
  if "$java" -Xshare:dump -Xlog:disable -XX:SharedClassListFile="$2" -XX:SharedArchiveFile="$new" \
    -cp "$1/*" >/dev/null 2>&1; then
    mv "$new" "$3"
  else
    rm -f "$new"
  fi
}

# launch LIB MAIN OPTION... -- ARGUMENT...: runs a main class with the jars of a folder, in place of
# this shell.
launch() {
  local lib=$1 main=$2 options=()
  shift 2
  # Less inlining: the optimising compiler otherwise takes as much of the first minute as the rows do
  # (docs/performance.md).
  options=(-XX:+UseSerialGC -XX:FreqInlineSize=60 -XX:MaxInlineLevel=6)
  # A thread that ran out of memory may be Kafka's own, and the others would wait for it indefinitely.
  options+=("-XX:OnOutOfMemoryError=kill -9 %p")
  # Compression is native code, of which Java warns since 24 unless it is allowed.
  if ((version >= 24)); then
    options+=(--enable-native-access=ALL-UNNAMED)
  fi
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  # The heap is bounded, by JAVA_OPTS or else by this.
  if [[ ! ${JAVA_OPTS:-} =~ -Xmx|MaxHeapSize=|RAMPercentage=|RAMFraction=|MaxRAM= ]]; then
    options+=(-Xmx256m)
  fi
  # shellcheck disable=SC2206 # JAVA_OPTS holds several options
  options+=(${JAVA_OPTS:-} -cp "$lib/*")

  # MALLOC_ARENA_MAX keeps glibc from reserving an arena per thread.
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  # In a POSIX locale, a container's usual one, Java reads each byte of a name beyond ASCII as the
  # same replacement character. Another encoding that was chosen, such as GBK, stays.
  case $(locale charmap 2>/dev/null) in
  ANSI_X3.4-1968 | US-ASCII | 646 | "")
    export LC_ALL=C.UTF-8
    ;;
  esac
  # The kernel does not let process 1 of a container be killed from within, which is how a JVM
  # without memory ends.
  if [[ $$ == 1 ]]; then
    supervise "$java" "${options[@]}" "$main" "$@"
  fi
  exec "$java" "${options[@]}" "$main" "$@"
}
