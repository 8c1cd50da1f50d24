import type { TypeView } from "../../engine/port.ts";
import { builtinObstacle } from "../schemas/builtin.ts";
import type { Meeting, Obstacle } from "./obstacle.ts";
import { simpleObstacle } from "../schemas/simple.ts";

/** What stands in the way of a type; `undefined` when it has a schema, or its parts decide. */
export function obstacleOf({ shape }: TypeView, meeting: Meeting): Obstacle | undefined {
  switch (shape.kind) {
    case "any":
    case "symbol":
    case "function":
    case "open":
    case "builtin heir":
    case "unsupported":
      return simpleObstacle(shape);
    case "builtin":
      return builtinObstacle(shape, meeting);
    default:
      return undefined;
  }
}
