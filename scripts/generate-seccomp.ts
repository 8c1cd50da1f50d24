// Compiles the policy for system calls of the isolated sandboxes into the filters that they start with.
import { writeFileSync } from "node:fs";
import { renderFilters } from "../packages/adapters/src/sandboxes/isolation/seccomp/render-filters.ts";

const file = new URL("../packages/adapters/src/sandboxes/isolation/seccomp/filters.ts", import.meta.url);
writeFileSync(file, renderFilters());
