import { textField } from "../http/request/fields.ts";
import { json } from "../http/reply/reply.ts";
import type { Route } from "../http/router.ts";
import { parseCard } from "../repo/card.ts";

/**
 * Checks the front matter of a README.md. The Python client reads the body before the status, so it has the same shape
 * for both. Protocol section 1.0, "Implicit calls".
 */
export const validateYamlRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/validate-yaml",
    handle: async ({ body }, hub) => {
      const { problems } = parseCard(textField(await body.json(hub.limits.maxBodyBytes), "content"));
      const errors = problems.map((message) => ({ message }));
      return json({ errors, warnings: [] }, {}, errors.length > 0 ? 400 : 200);
    },
  },
];
