import { errorMessage } from "../../errors/error-message.ts";
import { isExplosive } from "./is-explosive.ts";

/**
 * Says what is wrong with a regular expression that is to check input.
 *
 * @returns `undefined` when it is good.
 */
export function patternProblem(source: string): { message: string; fix: string } | undefined {
  try {
    new RegExp(source, "u").test("");
  } catch (error) {
    const fix = "write a JavaScript regular expression as with the flag u, without slashes around it";
    return { message: `is not a regular expression: ${errorMessage(error)}`, fix };
  }
  if (!isExplosive(source)) return undefined;
  return {
    message: "takes exponential time on some texts: a loop can match the same text in several ways",
    fix: "let nothing in the loop overlap: ^[a-z]+(-[a-z]+)*$ instead of ^([a-z]+-?)+$",
  };
}
