import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { beforeEach } from "vitest";
import type { PythonOptions } from "../python.ts";

/** Pythons that may have the packages, and where: what is named in the environment, and Debian's. */
const places = [
  { pythonPath: "python3", packages: process.env.SMOLTOOLS_PYTHON_PACKAGES ?? "" },
  { pythonPath: "/usr/bin/python3", packages: "/usr/lib/python3/dist-packages" },
];

const found = places.find(
  ({ pythonPath, packages }) =>
    existsSync(packages) &&
    spawnSync(pythonPath, ["-I", "-c", "import sys; sys.path.append(sys.argv[1]); import numpy, pandas, PIL", packages])
      .status === 0,
);

/** Skips the tests of the file, saying what to install, where there are no numpy, pandas and Pillow. */
export function needsPythonPackages(): void {
  const hint = "Install numpy, pandas and Pillow: apt install python3-numpy python3-pandas python3-pil";
  beforeEach(({ skip }) => skip(found === undefined, hint));
}

/** A Python that has numpy, pandas and Pillow. */
export const pythonWithPackages: PythonOptions = {
  imports: "*",
  packages: found ? [found.packages] : [],
  ...(found?.pythonPath.startsWith("/") && { pythonPath: found.pythonPath }),
};
