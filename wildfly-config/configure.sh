#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a WildFly 39 ready for wildpost.ear: the PostgreSQL driver as a module, and every script of src/main/cli in order.
# Usage: configure.sh <home of WildFly> <PostgreSQL driver jar>. Running it again changes nothing.
set -eu

fail() {
    echo "configure.sh: $*" >&2
    exit 2
}

[ $# -eq 2 ] || fail "two arguments are needed: the home of WildFly and the jar of the PostgreSQL JDBC driver"
home=$1
driver=$2
here=$(cd "$(dirname "$0")" && pwd)
[ -f "$home/bin/jboss-cli.sh" ] || fail "'$home' is not the home of a WildFly: it has no bin/jboss-cli.sh"
[ -f "$driver" ] || fail "there is no driver at '$driver'"

module="$home/modules/org/postgresql/jdbc/main"
mkdir -p "$module"
cp "$here/src/main/modules/org/postgresql/jdbc/main/module.xml" "$module/"
cp "$driver" "$module/postgresql.jar"

# What the embedded server leaves there goes afterwards; what was there before is the administrator's.
leavings=()
for folder in configuration/standalone_xml_history log data tmp; do
    [ -e "$home/standalone/$folder" ] || leavings+=("$home/standalone/$folder")
done

script=$(mktemp)
log=$(mktemp)
trap 'rm -f "$script" "$log"' EXIT
{
    echo 'embed-server --server-config=standalone.xml --std-out=discard'
    cat "$here"/src/main/cli/*.cli
    echo 'stop-embedded-server'
} >"$script"
# Offline the CLI starts the server inside itself, and Elytron wants to know the folder of its key store even then.
export JAVA_OPTS="${JAVA_OPTS:-} -Dwildpost.data=$home/standalone/data"
if ! "$home/bin/jboss-cli.sh" --no-color-output --file="$script" >"$log" 2>&1; then
    cat "$log" >&2
    fail "the configuration of '$home' failed"
fi
[ "${#leavings[@]}" -eq 0 ] || rm -rf "${leavings[@]}"
