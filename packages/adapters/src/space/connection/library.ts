import { importPeer } from "../../shared/optional-peer.ts";

/**
 * What is used of `@gradio/client`, as its declarations have it: they name their files in a way that resolves only for
 * bundlers, so that nothing of them can be imported here.
 */
export interface GradioClient {
  readonly session_hash: string;
  abort_controller: AbortController | null;
  stream_instance: unknown;
  /** Every request of the library but those for streams. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** Every stream that it opens. */
  stream(url: URL): unknown;
  submit(endpoint: string, data: readonly unknown[], eventData: null, triggerId: null, allEvents: boolean): GradioJob;
}

/** A call that runs. */
export interface GradioJob {
  next(): Promise<IteratorResult<GradioEvent, unknown>>;
}

/** What the library tells of a call. */
export type GradioEvent = GradioDataEvent | GradioStatusEvent | GradioLogEvent | { type: "render" };

/** A value. */
interface GradioDataEvent {
  type: "data";
  data: unknown;
}

/** How far it has come. */
interface GradioStatusEvent {
  type: "status";
  stage: string;
  original_msg?: string;
  message?: unknown;
  position?: unknown;
  size?: unknown;
  eta?: unknown;
  progress_data?: unknown;
}

/** Something that it says. */
interface GradioLogEvent {
  type: "log";
  level: unknown;
  log: unknown;
}

interface GradioLibrary {
  Client: {
    new (reference: string, options?: object): GradioClient;
    connect(reference: string, options: object): Promise<GradioClient>;
  };
}

/** @throws AdapterError `ADAPTER_PEER_MISSING`. */
export async function loadGradio(): Promise<GradioLibrary> {
  return importPeer<GradioLibrary>(() => import("@gradio/client"), {
    packageName: "@gradio/client",
    versions: "^2.7.0",
    neededFor: "A Space",
  });
}
