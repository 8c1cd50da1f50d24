import { tokenOf } from "../../access/token-of.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { addressGroup } from "../request/client-address.ts";
import type { Exchange } from "../exchange.ts";

/**
 * Finds out who asks, and counts the request.
 *
 * Users are counted by their name; everybody else by their address, wrong tokens included. Some who guess tokens can
 * so not slow down others, but at their own address.
 *
 * @throws HubServerError `HUB_BAD_TOKEN`, or `HUB_TOO_MANY_REQUESTS`, also for one too many at the same time.
 */
export async function admit(hub: Hub, exchange: Exchange, authorization: string | undefined): Promise<void> {
  const viewer = await findViewer(hub, exchange, authorization);
  exchange.viewer = viewer;
  const isWrong = !viewer && authorization !== undefined;
  if (exchange.route?.unlimited !== true || isWrong) count(hub, exchange);
  if (isWrong) throw new HubServerError("HUB_BAD_TOKEN", "The token is not one of this hub.");
  takePlace(hub, exchange);
}

/**
 * Counts a request that was refused where requests are not counted: who tries out signatures is stopped like who tries
 * out tokens, and fills no log.
 *
 * @throws HubServerError `HUB_TOO_MANY_REQUESTS`.
 */
export function countRefused(hub: Hub, exchange: Exchange): void {
  if (exchange.route?.unlimited === true) count(hub, exchange);
}

async function findViewer(
  hub: Hub,
  exchange: Exchange,
  authorization: string | undefined,
): Promise<Viewer | undefined> {
  if (authorization === undefined) return undefined;
  const token = tokenOf(authorization, exchange.route?.basicAuth ?? false);
  return token === undefined ? undefined : hub.tokens.find(token);
}

/** The place is given back when the connection has done with the answer: see the request handler. */
function takePlace(hub: Hub, exchange: Exchange): void {
  if (!hub.running) return;
  const { viewer, address } = exchange;
  const place = hub.running.enter(viewer ? `user:${viewer.name}` : `address:${addressGroup(address)}`);
  if (!place) {
    throw new HubServerError("HUB_TOO_MANY_REQUESTS", "Too many of your requests run at the same time: let some end.", {
      retryAfterSeconds: 1,
    });
  }
  exchange.place = place;
}

function count(hub: Hub, exchange: Exchange): void {
  const { viewer, address } = exchange;
  if (!hub.rateLimiter) return;
  const rate = viewer
    ? hub.rateLimiter.take("user", viewer.name)
    : hub.rateLimiter.take("anonymous", addressGroup(address));
  exchange.rate = rate;
  if (rate.allowed) return;
  const who = viewer ? `The user ${viewer.name} has` : "Requests without a token have";
  throw new HubServerError(
    "HUB_TOO_MANY_REQUESTS",
    `${who} used up the ${rate.quota} requests of ${rate.windowSeconds} seconds: try again in ${rate.resetSeconds} s.`,
    { retryAfterSeconds: rate.resetSeconds },
  );
}
