// Removes what the build writes, so that the next build starts from nothing.
import { globSync, rmSync } from "node:fs";

for (const path of globSync(["packages/*/dist", "packages/*/*.tsbuildinfo"])) {
  rmSync(path, { recursive: true, force: true });
}
