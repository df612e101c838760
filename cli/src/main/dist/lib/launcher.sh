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
    [[ $text =~ version\ \"([0-9]+)(\.([0-9]+))? ]] || fail "$program does not report its version: $text"
  fi
  # Up to 8 it was 1.8.
  if [[ ${BASH_REMATCH[1]} == 1 ]]; then
    echo "${BASH_REMATCH[3]:-1}"
  else
    echo "${BASH_REMATCH[1]}"
  fi
}

# Prints a Java's full version, such as 17.0.15+6-Debian-1deb12u1; fails if no file beside its programs
# names it.
java_build() {
  local release
  release=$(dirname "$(dirname "$(readlink -f "$1")")")/release
  [[ -r $release && $(<"$release") =~ JAVA_(RUNTIME_)?VERSION=\"([A-Za-z0-9.+_-]+)\" ]] || return 1
  echo "${BASH_REMATCH[2]}"
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

# Runs Java as a child, passes signals on, and returns as it ends.
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
  return "$status"
}

# Sets class_path to the jars of a folder. An archive of classes fits only the class path it was made
# with, so the order depends neither on the locale nor on the file system.
find_jars() {
  class_path=$(
    LC_ALL=C IFS=:
    jars=("$1"/*.jar)
    echo "${jars[*]}"
  )
}

# Sets archive to the path, without extension, of the archive of classes for this Java and these jars,
# which is beside the jars or in systemd's CacheDirectory=. Fails if there is none and neither folder
# may be written.
find_archive() {
  local lib=$1 cache=${CACHE_DIRECTORY:-} build sum folder
  [[ ${BINLOGBROKER_ARCHIVE:-} != no ]] || return 1
  # Java itself compares only times and sizes of jars, which a build may repeat.
  build=$(java_build "$java") && sum=$( (echo "$class_path" && cat "$lib"/binlogbroker-*.jar 2>/dev/null) | cksum) || return 1
  for folder in "$lib" "${cache%%:*}"; do
    archive=$folder/classes-$build-${sum%% *}
    if [[ -n $folder ]] && [[ -w $folder || -e $archive.jsa ]]; then
      return
    fi
  done
  return 1
}

# Removes archives for an earlier update of this Java or for other jars, and what interrupted starts
# left.
remove_other_archives() {
  local file
  for file in "${archive%/*}/classes-$version"[.+-]*; do
    if [[ $file != "$archive".@(jsa|aot) ]]; then
      rm -f "$file"
    fi
  done
}

# Renames a complete file, once it is on disk.
keep() {
  chmod 644 "$1" && sync "$1" && mv "$1" "$2" || rm -f "$1"
}

# Makes the archive of the listed classes, parsed and verified, once: a failure leaves an empty file and
# is not repeated. Of two starts at once, one makes it, and the other does not wait.
make_archive() {
  local list=$1 folder=${archive%/*} lock
  if [[ ! -r $folder || ! -w $folder || ! -r $list ]] || ! type -P flock >/dev/null; then
    return 0
  fi
  exec {lock}<"$folder"
  # Another start may have made it by now.
  if flock -n "$lock" && [[ ! -e $archive.jsa ]]; then
    echo "binlogbroker: storing its classes for faster starts, once; this takes a few seconds" >&2
    remove_other_archives
    if "$java" -XX:+UseG1GC -Xmx128m -Xshare:dump -Xlog:disable -XX:SharedClassListFile="$list" \
      -XX:SharedArchiveFile="$archive.new" -cp "$class_path" </dev/null >/dev/null 2>&1; then
      keep "$archive.new" "$archive.jsa"
    else
      rm -f "$archive.new"
      : >"$archive.jsa" || true
    fi
  fi
  exec {lock}<&-
}

# Runs a broker that records what it does, and stores that when it has stopped: classes, linked, and
# the profiles that Java's compilers begin with.
train() {
  local status=0 new
  if ((version < 25)); then
    fail "expected Java 25 or later for BINLOGBROKER_ARCHIVE=train, but $java is Java $version"
  fi
  if ! find_archive "$lib" || [[ ! -w ${archive%/*} ]]; then
    fail "BINLOGBROKER_ARCHIVE=train needs write access to $lib; fix: run it as the owner of $lib"
  fi
  new=$archive.new.$$
  supervise "$java" "${options[@]}" "-XX:AOTCacheOutput=$new" "-Xlog:aot*=off" "-Xlog:cds*=off" "$@" || status=$?
  if ((status == 0)) && [[ -s $new ]]; then
    keep "$new" "$archive.aot"
  fi
  rm -f "$new" "$new.config"
  exit "$status"
}

# Adds the options for the archive, if there is one or it can be made now: for a broker what train
# stored, otherwise the classes.
use_archive() {
  local list=$1 is_broker=
  if [[ ${2:-} == -* || ${2:-} == demo ]]; then
    is_broker=1
  fi
  # The file system of a container usually ends with it, and so would the archive. What runs as
  # process 1 when an image is built is a command such as version.
  if [[ ! -e $archive.jsa && ($$ != 1 || -z $is_broker) ]]; then
    make_archive "$list"
  fi
  if [[ -n $is_broker && -s $archive.aot && -r $archive.aot ]]; then
    options+=("-XX:AOTCache=$archive.aot" -XX:AOTMode=auto)
  elif [[ -s $archive.jsa && -r $archive.jsa ]]; then
    options+=("-XX:SharedArchiveFile=$archive.jsa")
  else
    return 0
  fi
  # Java ignores an archive that does not fit, and says so unless configured not to. Without the comparison
  # of checksums, which takes 10 ms, a damaged one would crash it.
  options+=(-XX:+VerifySharedSpaces "-Xlog:cds*=off")
  if ((version >= 24)); then
    options+=("-Xlog:aot*=off")
  fi
}

# launch LIB LIST MAIN ARGUMENT...: runs a main class with the jars of a folder, in place of this
# shell. LIST has the names of the classes for the archive.
launch() {
  local lib=$1 list=$2 main=$3 options=() class_path archive
  shift 3
  # Less inlining: the optimising compiler otherwise takes as much of the first minute as the rows do
  # (docs/performance.md).
  options=(-XX:+UseSerialGC -XX:FreqInlineSize=60 -XX:MaxInlineLevel=6)
  # A thread that ran out of memory may be Kafka's own, and the others would wait for it indefinitely.
  options+=("-XX:OnOutOfMemoryError=kill -9 %p")
  # Compression is native code, of which Java warns since 24 unless it is allowed.
  if ((version >= 24)); then
    options+=(--enable-native-access=ALL-UNNAMED)
  fi
  find_jars "$lib"
  if [[ ${BINLOGBROKER_ARCHIVE:-} != train ]] && find_archive "$lib"; then
    use_archive "$list" "$@"
  fi
  # The heap is bounded, by JAVA_OPTS or else by this.
  if [[ ! ${JAVA_OPTS:-} =~ -Xmx|MaxHeapSize=|RAMPercentage=|RAMFraction=|MaxRAM= ]]; then
    options+=(-Xmx256m)
  fi
  # shellcheck disable=SC2206 # JAVA_OPTS holds several options
  options+=(${JAVA_OPTS:-})

  # MALLOC_ARENA_MAX keeps glibc from reserving an arena per thread.
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  # In a POSIX locale, a container's usual one, Java reads each byte of a name beyond ASCII as the
  # same replacement character. Another encoding that was chosen, such as GBK, stays.
  case $(locale charmap 2>/dev/null) in
  ANSI_X3.4-1968 | US-ASCII | 646 | "")
    export LC_ALL=C.UTF-8
    ;;
  esac
  if [[ ${BINLOGBROKER_ARCHIVE:-} == train ]]; then
    train -cp "$class_path" "$main" "$@"
  fi
  # The kernel does not let process 1 of a container be killed from within, which is how a JVM
  # without memory ends.
  if [[ $$ == 1 ]]; then
    supervise "$java" "${options[@]}" -cp "$class_path" "$main" "$@" || exit $?
    exit
  fi
  exec "$java" "${options[@]}" -cp "$class_path" "$main" "$@"
}
