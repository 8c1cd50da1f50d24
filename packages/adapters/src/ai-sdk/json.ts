import { jsonText } from "../shared/media/media-in-values.ts";

/** Any value that JSON can hold, as the types of the AI SDK have it: its lists may be changed. */
export type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

/** A value as JSON would carry it: without functions, and with what `toJSON` says. */
export function asJson(value: unknown): Json {
  const parsed: Json = JSON.parse(jsonText(value));
  return parsed;
}
