// The public API of @smoltools/adapters/sandboxes/docker.

export { docker, dockerProblem } from "./docker.ts";
export type { DockerOptions } from "./docker-options.ts";
