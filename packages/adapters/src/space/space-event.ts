/** What a call of a Space knows of itself. */
interface CallEvent {
  space: string;
  /** The tool's name here. */
  tool: string;
  /** The id of the model's call, where there is one. */
  toolCallId?: string;
}

/** The Space is not running yet. */
export interface SpaceStartingEvent {
  kind: "starting";
  space: string;
  /** As the hub says: `"SLEEPING"`, `"BUILDING"`, `"APP_STARTING"`. */
  stage: string;
}

/** The call waits for its turn. */
export interface SpaceQueuedEvent extends CallEvent {
  kind: "queued";
  /** Calls before this one. */
  position: number;
  /** Calls in the queue. */
  size?: number;
  etaMs?: number;
}

/** The endpoint runs. */
export interface SpaceStartedEvent extends CallEvent {
  kind: "started";
  etaMs?: number;
}

/** How far the endpoint has come. */
export interface SpaceProgressEvent extends CallEvent {
  kind: "progress";
  /** From 0 to 1. */
  progress?: number;
  /** Steps done, of `total`. */
  done?: number;
  total?: number;
  unit?: string;
  message?: string;
}

/** A value that an endpoint gave before its last one. */
export interface SpaceValueEvent extends CallEvent {
  kind: "value";
  value: unknown;
}

/** Something that the endpoint says to its users. */
export interface SpaceLogEvent extends CallEvent {
  kind: "log";
  level: string;
  message: string;
}

/** What happens while a Space starts and a call of it runs. */
export type SpaceEvent =
  | SpaceStartingEvent
  | SpaceQueuedEvent
  | SpaceStartedEvent
  | SpaceProgressEvent
  | SpaceValueEvent
  | SpaceLogEvent;
