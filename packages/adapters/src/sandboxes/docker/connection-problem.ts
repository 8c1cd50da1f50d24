import process from "node:process";
import { errorMessage } from "@smoltools/core";
import { textField } from "../../shared/json-access.ts";
import { shortLine } from "../../shared/provider-message.ts";
import type { DockerEndpoint } from "./docker-endpoint.ts";

const install =
  process.platform === "linux"
    ? "install Docker (Debian and Ubuntu: apt-get install docker.io; else https://docs.docker.com/engine/install/) and start it"
    : "install Docker Desktop (https://docs.docker.com/desktop/) and start it";

/** Says why a daemon cannot be reached, and what to do. */
export function connectionProblem(error: unknown, { url }: DockerEndpoint): string {
  switch (textField(error, "code")) {
    case "ENOENT":
      return `there is no Docker daemon at ${url}: ${install}, or set DOCKER_HOST`;
    case "EACCES":
    case "EPERM":
      return (
        `this user may not use the Docker daemon at ${url}: run Docker without root ` +
        "(https://docs.docker.com/engine/security/rootless/) and set DOCKER_HOST, or join the group docker, whose " +
        "members have the power of root"
      );
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "EPIPE":
      return `the Docker daemon at ${url} does not answer: start it (such as systemctl start docker), or set DOCKER_HOST`;
    case "ABORT_ERR":
      return `the Docker daemon at ${url} took too long to answer`;
    default:
      return `the Docker daemon at ${url} cannot be reached: ${shortLine(errorMessage(error), 300)}`;
  }
}
