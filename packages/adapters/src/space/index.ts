// The public API of @smoltools/adapters/space: named exports only.

export type {
  SpaceEvent,
  SpaceLogEvent,
  SpaceProgressEvent,
  SpaceQueuedEvent,
  SpaceStartedEvent,
  SpaceStartingEvent,
  SpaceValueEvent,
} from "./space-event.ts";
export { defaultSpaceLimits, type SpaceLimits, type SpaceOptions } from "./space-options.ts";
export { SpaceTools, type SpaceToolsOptions } from "./space-tools.ts";
export { type SpaceToolOptions, toolFromSpace, toolsFromSpace } from "./tools-from-space.ts";
