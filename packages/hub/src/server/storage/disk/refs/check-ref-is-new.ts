import { HubServerError } from "../../../hub-server-error.ts";
import { refNamesClash } from "../../../repo/ref-name.ts";
import { isReleaseTag } from "../../../repo/release-tag.ts";
import type { RefKind, RefStore } from "./ref-store.ts";

const kinds: readonly [RefKind, string][] = [
  ["tags", "tag"],
  ["heads", "branch"],
];

/**
 * Makes sure that no branch and no tag is in the way of a new one.
 *
 * @throws HubServerError `HUB_ALREADY_EXISTS` that names the one that is.
 */
export async function checkRefIsNew(refs: RefStore, kind: "branch" | "tag", name: string): Promise<void> {
  for (const [folder, presentKind] of kinds) {
    for (const present of await refs.names(folder)) {
      if (!refNamesClash(present, name)) continue;
      const same = present === name && presentKind === kind;
      if (same && isReleaseTag(name)) {
        throw new HubServerError(
          "HUB_ALREADY_EXISTS",
          `${name} is released already (${await refs.read(folder, name)}). A released version never changes: publish a higher one.`,
        );
      }
      if (same) throw new HubServerError("HUB_ALREADY_EXISTS", `The ${kind} ${name} exists already.`);
      throw new HubServerError(
        "HUB_ALREADY_EXISTS",
        `The ${kind} ${name} cannot be made beside the ${presentKind} ${present}: choose another name.`,
      );
    }
  }
}
