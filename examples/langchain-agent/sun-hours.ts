/**
 * Compute how long the sun is up on a day.
 *
 * Takes the sun for a point and leaves out the air, which bends its light: a few minutes too short.
 *
 * @param latitude - Degrees north of the equator, negative for south. @minimum -90 @maximum 90
 * @param dayOfYear - 1 is New Year's Day. @integer @minimum 1 @maximum 366
 * @returns Hours, to half an hour.
 * @annotation readOnly
 *
 * @example
 * await sunHours(0, 80); // => 12
 */
export function sunHours(latitude: number, dayOfYear: number): number {
  const radians = Math.PI / 180;
  const declination = -23.44 * Math.cos((2 * Math.PI * (dayOfYear + 10)) / 365.25);
  const cosine = -Math.tan(latitude * radians) * Math.tan(declination * radians);
  const hours = (24 / Math.PI) * Math.acos(Math.min(1, Math.max(-1, cosine)));
  return Math.round(2 * hours) / 2;
}
