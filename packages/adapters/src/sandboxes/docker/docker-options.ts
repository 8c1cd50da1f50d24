import type { CodeLanguage } from "@smoltools/core";
import { badOption } from "../engine/sandbox-errors.ts";

/** Options of `docker`. */
export interface DockerOptions {
  /** Language of the code. Default `"javascript"`. */
  language?: CodeLanguage;
  /**
   * The image: one that has Node 22.15 or later as `node`, or Python 3.9 or later as `python3`, on its path. What else
   * is in it, such as Python packages, the code can use. Default `node:24-slim` or `python:3.13-slim`.
   */
  image?: string;
  /** Whether to pull the image where the daemon does not have it, without credentials. Default false: that is an error. */
  pull?: boolean;
  /** How many processors the container may use at most, such as 0.5. Default 1. */
  cpus?: number;
  /** How many processes and threads it may have at most; Node itself takes about 10. Default 64. */
  pidsLimit?: number;
  /** The user and group that it runs as, a number above 0. Default 65534, called `nobody`. */
  user?: number;
  /** The runtime that runs it, as the daemon knows it, such as `"runsc"` for gVisor. Default the daemon's. */
  runtime?: string;
}

/** The options that a provider works with. */
export type DockerSettings = Readonly<Required<Omit<DockerOptions, "runtime">> & Pick<DockerOptions, "runtime">>;

const images: Readonly<Record<CodeLanguage, string>> = { javascript: "node:24-slim", python: "python:3.13-slim" };

const part = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
/** Registry, path, tag and digest: https://pkg.go.dev/github.com/distribution/reference */
const imageName = new RegExp(
  `^(?:[\\w.-]+(?::\\d+)?/)?${part}(?:/${part})*(?::\\w[\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
);

/**
 * Checks the options and fills in the defaults.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS`
 */
export function dockerSettings(options: DockerOptions): DockerSettings {
  const { language = "javascript", cpus = 1, pidsLimit = 64, user = 65_534, pull = false, runtime } = options;
  if (language !== "javascript" && language !== "python") {
    throw bad(`language is "${String(language)}": it must be "javascript" or "python"`);
  }
  const image = options.image ?? images[language];
  if (!imageName.test(image)) throw bad(`image is "${image}": it must be the name of an image, such as node:24-slim`);
  if (!(cpus >= 0.01 && cpus <= 1024)) throw bad(`cpus is ${cpus}: it must be a number from 0.01 to 1024`);
  checkCount("pidsLimit", pidsLimit, 16, 1_000_000);
  checkCount("user", user, 1, 2 ** 32 - 2);
  if (runtime !== undefined && !/^[\w.-]+$/.test(runtime)) {
    throw bad(`runtime is "${runtime}": it must be the name of a runtime, such as runsc`);
  }
  return { language, image, pull, cpus, pidsLimit, user, ...(runtime !== undefined && { runtime }) };
}

function checkCount(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw bad(`${name} is ${value}: it must be a whole number from ${least} to ${most}`);
}

function bad(message: string): Error {
  return badOption("docker", message);
}
