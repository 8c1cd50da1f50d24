/** Why Docker does not do what it was asked for, told so that people know what to do next. */
export class DockerFailure extends Error {
  /** The HTTP status of the daemon's answer, where there was one. */
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = options.status;
  }
}
