import type { JsonSchema, ObjectSchema } from "@smoltools/core";

/** An app of Gradio as it describes itself. */
export interface SpaceApi {
  /** Names this start of the app; `undefined` where it does not say. */
  appId: unknown;
  /** Where its paths begin, with the prefix that newer versions have: `https://acme-clock.hf.space/gradio_api`. */
  apiUrl: string;
  /** How its queue speaks: `"sse_v3"`. */
  protocol: string;
  hasHeartbeat: boolean;
  /** The endpoints that have a name, in its order. */
  endpoints: ReadonlyMap<string, SpaceEndpoint | { problem: Error }>;
}

/** A function of an app that has a name. */
export interface SpaceEndpoint {
  /** With the slash: `"/predict"`. */
  name: string;
  description: string;
  /** Its number in the app. */
  id: number;
  isQueued: boolean;
  /** Inputs in their order. Where the app keeps a value itself, such as a state, there is none. */
  inputs: readonly (SpaceParameter | undefined)[];
  /** Outputs in their order, without those that the app keeps itself. */
  outputs: readonly SpaceReturn[];
  /** Number of outputs with those that the app keeps. */
  outputCount: number;
  inputSchema: ObjectSchema;
  outputSchema: JsonSchema;
  /** Tells declarations apart. */
  fingerprint: string;
}

/** An argument of an endpoint. */
export interface SpaceParameter {
  name: string;
  /** As the app has it: files are objects of Gradio there. */
  type: unknown;
  /** Taken where the argument is left out. */
  default: unknown;
  isRequired: boolean;
}

/** A result of an endpoint. */
export interface SpaceReturn {
  /** Its place in the data. */
  index: number;
  /** What shows it: `"Audio"`. */
  component: string;
}
