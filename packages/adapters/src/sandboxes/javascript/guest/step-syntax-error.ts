/** The engine refuses a step that the parser of the host took. */
export class StepSyntaxError extends Error {}
