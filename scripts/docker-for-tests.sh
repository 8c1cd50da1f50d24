#!/usr/bin/env bash
# Gives the tests of the docker sandbox a daemon and an image. Needs no registry: the image is made of this machine's
# Node and Python.
# usage: scripts/docker-for-tests.sh start|stop
#   start  starts a daemon where none answers (as root), and imports the image unless it is there
#   stop   ends the daemon that `start` started
# The daemon is the one that DOCKER_HOST names; without it, the one at /var/run/docker.sock.
set -euo pipefail
cd "$(dirname "$0")/.."

image=smoltools-test:local
data=/var/lib/smoltools-docker
state=/run/smoltools-docker
host=${DOCKER_HOST:-unix:///var/run/docker.sock}

# The daemon that this script started, if it runs: its number may belong to another program by now.
daemon_pid() {
  local pid
  pid=$(cat "$state/dockerd.pid" 2>/dev/null) && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ] && echo "$pid"
}

answers() { docker --host "$host" version >/dev/null 2>&1; }

start_daemon() {
  if [ "$(id -u)" -ne 0 ] || ! command -v dockerd >/dev/null; then
    echo "No Docker daemon answers at $host. Start it, or install docker.io and run this as root." >&2
    exit 1
  fi
  if daemon_pid >/dev/null; then
    echo "The daemon that this script started listens elsewhere than $host: set DOCKER_HOST, or stop it first." >&2
    exit 1
  fi
  mkdir -p "$state"
  # Without networks of its own: sandboxes have none, and the firewall of the machine stays as it is.
  setsid dockerd --host "$host" --data-root "$data" --exec-root "$state/exec" --pidfile "$state/dockerd.pid" \
    --bridge none --iptables=false --ip-forward=false >"$state/dockerd.log" 2>&1 </dev/null &
  for _ in $(seq 100); do
    if answers; then return; fi
    sleep 0.2
  done
  echo "The Docker daemon did not start:" >&2
  tail -n 20 "$state/dockerd.log" >&2
  exit 1
}

# The libraries that programs and libraries load, one path a line.
libraries_of() { ldd "$@" 2>/dev/null | sed -n 's/^\t\(.* => \)\?\(\/[^ ]*\).*/\2/p' | sort -u; }

import_image() {
  local node python version label tree
  node=$(readlink -f node_modules/.bin/node || command -v node)
  python=$(readlink -f /usr/bin/python3)
  version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
  label="node $("$node" --version), $version"
  if [ "$(docker --host "$host" image inspect --format '{{.Config.Labels.contents}}' "$image" 2>/dev/null)" = "$label" ]; then
    return
  fi
  tree=$(mktemp -d)
  trap 'rm -rf "$tree"' RETURN
  mkdir -p "$tree/usr/local/bin" "$tree/usr/bin" "$tree/usr/lib" "$tree/tmp"
  cp "$node" "$tree/usr/local/bin/node"
  cp "$python" "$tree/usr/bin/python3"
  tar -C /usr/lib -c --exclude=__pycache__ --exclude=test --exclude=idlelib "$version" | tar -C "$tree/usr/lib" -x
  # Under the paths where the loader looks for them, which may be links on this machine.
  libraries_of "$node" "$python" "/usr/lib/$version"/lib-dynload/*.so | while read -r library; do
    mkdir -p "$tree$(dirname "$library")"
    cp --dereference "$library" "$tree$library"
  done
  tar -C "$tree" --owner=0 --group=0 -c . | docker --host "$host" import \
    --change 'ENV PATH=/usr/local/bin:/usr/bin' --change "LABEL contents=\"$label\"" - "$image" >/dev/null
  echo "Imported the image $image: $label."
}

case "${1:-}" in
  start)
    answers || start_daemon
    import_image
    ;;
  stop)
    if pid=$(daemon_pid); then
      kill "$pid"
      while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
    fi
    ;;
  *)
    echo "usage: $0 start|stop" >&2
    exit 2
    ;;
esac
