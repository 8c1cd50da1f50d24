/** A place on Earth. */
export interface Place {
  /** Degrees north. @minimum -90 @maximum 90 */
  latitude: number;
  /** Degrees east. @minimum -180 @maximum 180 */
  longitude: number;
}

/**
 * Measure the distance of two places as the crow flies.
 *
 * @param from - The one place.
 * @param to - The other place.
 * @returns Whole kilometres.
 * @annotation readOnly
 */
export function distance(from: Place, to: Place): number {
  const radians = Math.PI / 180;
  const a = Math.sin(((to.latitude - from.latitude) * radians) / 2) ** 2;
  const b = Math.sin(((to.longitude - from.longitude) * radians) / 2) ** 2;
  const c = a + Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * b;
  return Math.round(2 * 6371 * Math.asin(Math.sqrt(c)));
}
