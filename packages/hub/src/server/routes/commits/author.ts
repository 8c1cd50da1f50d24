import type { Viewer } from "../../access/viewer.ts";
import type { Hub } from "../../hub.ts";
import type { Author } from "../../storage/hub-storage.ts";

/** Who a commit by a user of this hub is by. The address is none that mail could be sent to. */
export function authorOf(hub: Hub, viewer: Viewer): Author {
  return { name: viewer.name, email: `${viewer.name}@users.noreply.${new URL(hub.publicUrl).hostname}` };
}
