import { SmoltoolsError } from "../errors/smoltools-error.ts";

/**
 * What can be wrong with media.
 *
 * | code | meaning |
 * | --- | --- |
 * | `MEDIA_INVALID` | it was made from something that is no media: a bad media type or address |
 * | `MEDIA_UNAVAILABLE` | its bytes are elsewhere, and nothing here can fetch them |
 */
export type MediaErrorCode = "MEDIA_INVALID" | "MEDIA_UNAVAILABLE";

/** Media that cannot be made or read. */
export class MediaError extends SmoltoolsError<MediaErrorCode, { mediaType?: string }> {}
