/**
 * Places of the host that programs try to reach. They must be there and open to the user that the tests run as, or else
 * the programs prove nothing.
 */
export interface HostileTarget {
  /** A port of 127.0.0.1 that accepts TCP connections. */
  tcpPort: number;
  /** A port of 127.0.0.1 that receives UDP. */
  udpPort: number;
  /** Path of a Unix socket that accepts connections. */
  unixSocket: string;
  /** Name of a Unix socket in the abstract namespace of Linux, without the NUL in front, that accepts connections. */
  abstractSocket: string;
  /** Absolute path of a file with the secret in it, in a folder of its own. */
  secretFile: string;
  /** Name of a variable of the host's environment with the secret in it. */
  secretEnvironmentName: string;
  /** A process of the host, with the variable in the environment that it was started with. */
  hostPid: number;
}

/** What a host has set up for programs to reach, and how it finds out whether one did. */
export interface HostileReach {
  /** What the programs are told, in the variable `target`. */
  target: HostileTarget;
  /** A text that only the host knows: no result may hold it. */
  secret: string;
  /** What has been reached so far, in words: connections, datagrams, files written beside the secret file. */
  touched(): readonly string[];
}
