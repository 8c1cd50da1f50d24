import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { localTarget } from "./local-target.ts";

it.each<[target: string, path: string, tool?: string]>([
  [".#listPets", ".", "listPets"],
  ["file:.#listPets", ".", "listPets"],
  ["file:.", "."],
  ["./pets#listPets", "./pets", "listPets"],
  ["/srv/pets#listPets", "/srv/pets", "listPets"],
  ["file:///srv/my%20pets#listPets", "/srv/my pets", "listPets"],
  ["file:acme/pets", "./acme/pets"],
  ["./src/pets.ts#listPets", "./src/pets.ts", "listPets"],
  [".", "."],
  [".nope.ts", ".nope.ts"],
  ["acme/pets#listPets", "acme/pets#listPets"],
  ["hf:acme/pets", "hf:acme/pets"],
])("%s means the path %s and the tool %s", (target, path, tool) => {
  expect(localTarget(target)).toEqual({ path, ...(tool !== undefined && { tool }) });
});

it("a folder may have a # in its name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-target-"));
  const path = join(folder, "pets#listPets");
  await mkdir(path);
  const target = localTarget(path);
  await rm(folder, { recursive: true });
  expect(target).toEqual({ path });
});
