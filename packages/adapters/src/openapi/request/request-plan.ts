import type { Security } from "../auth/security.ts";
import type { BodyKind } from "../input/body-plan.ts";
import type { ParameterPlace, ParameterStyle } from "./parameter-style.ts";

/**
 * All that carrying out an operation takes, in plain data: it can be written into a file, and carried out elsewhere
 * without the document.
 */
export interface RequestPlan {
  readonly method: string;
  /** Where requests go, without a slash at its end. */
  readonly server: string;
  /** With `{name}` where parameters go. */
  readonly path: string;
  /** Media types of its answers, for the header `accept`. */
  readonly accept: string;
  readonly parameters: readonly PlannedParameter[];
  readonly body?: PlannedBody;
  readonly security: Security;
}

/** A parameter, and the argument that it comes from. */
export interface PlannedParameter {
  readonly argument: string;
  readonly name: string;
  readonly place: ParameterPlace;
  readonly isRequired: boolean;
  /** How it is written; a parameter that has content is written as JSON. */
  readonly style: ParameterStyle | "json";
}

/** A body, and where it comes from. */
export interface PlannedBody {
  readonly kind: BodyKind;
  readonly mediaType: string;
  /** How the fields of a form are written, by their names. */
  readonly encoding: Readonly<Record<string, unknown>>;
  /** The argument that is the body; without one, it is made of all arguments that are no parameters. */
  readonly argument?: string;
}
