import { shortLine } from "../../shared/provider-message.ts";
import type { GradioEvent } from "../connection/library.ts";
import type { SpaceEvent } from "../space-event.ts";

/** What belongs to every event of a call. */
interface AboutCall {
  space: string;
  tool: string;
  toolCallId?: string;
}

/** What the library's event tells of how far a call has come. */
export function callEvents(event: GradioEvent, about: AboutCall): SpaceEvent[] {
  if (event.type === "log") {
    return [
      { ...about, kind: "log", level: shortLine(String(event.level), 20), message: shortLine(String(event.log)) },
    ];
  }
  if (event.type !== "status") return [];
  const { original_msg: original, position, size, eta, progress_data: units } = event;
  const etaMs = typeof eta === "number" ? { etaMs: eta * 1000 } : {};
  if (original === "process_starts") return [{ ...about, kind: "started", ...etaMs }];
  if (Array.isArray(units) && units.length > 0) return [progressOf(units, about)];
  if (typeof position !== "number") return [];
  return [{ ...about, kind: "queued", position, ...(typeof size === "number" && { size }), ...etaMs }];
}

/** Of progress within progress, the innermost tells most. */
function progressOf(units: readonly unknown[], about: AboutCall): SpaceEvent {
  const { progress, index, length, unit, desc } = Object(units.at(-1)) as Readonly<Record<string, unknown>>;
  return {
    ...about,
    kind: "progress",
    ...(typeof progress === "number" && { progress }),
    ...(typeof index === "number" && { done: index }),
    ...(typeof length === "number" && { total: length }),
    ...(typeof unit === "string" && unit !== "" && { unit: shortLine(unit, 50) }),
    ...(typeof desc === "string" && desc !== "" && { message: shortLine(desc) }),
  };
}
