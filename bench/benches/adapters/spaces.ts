import { toolFromSpace, toolsFromSpace } from "@smoltools/adapters/space";
import { anyValue, type ServedEndpoint, spaceServer } from "../../../test/adapters/space-server.ts";
import { called, input, listed, type OpenWays } from "./way.ts";

/** What is used of the library, whose own types resolve for bundlers only. */
interface Gradio {
  readonly Client: {
    connect(url: string): Promise<{
      predict(endpoint: string, data: object): Promise<unknown>;
      view_api(): Promise<unknown>;
      close(): void;
    }>;
  };
}

const parameters = [
  anyValue("city", { type: "string" }),
  anyValue("days", { type: "integer" }),
  anyValue("unit", { type: "string" }),
];

const endpoint = (name: string): ServedEndpoint => ({
  name,
  description: "Tells the weather.",
  parameters,
  returns: [anyValue("weather", { type: "string" })],
  run: () => ["sunny"],
});

/** Calls and listings of a Space of this machine, beside those of `@gradio/client`. */
export async function spaceWays(): Promise<OpenWays> {
  const library: unknown = await import("@gradio/client");
  const { Client } = library as Gradio;
  const open = new AsyncDisposableStack();
  const one = open.use(await spaceServer({ endpoints: [endpoint("weather")] }));
  const many = open.use(
    await spaceServer({ endpoints: Array.from({ length: listed }, (_, index) => endpoint(`weather_${index}`)) }),
  );
  // The library believes what an app says of its address.
  for (const server of [one, many]) server.options = { ...server.options, config: { root: server.url } };
  const made = await toolFromSpace(one.url);
  const predicted = async (): Promise<unknown> => {
    const client = await Client.connect(one.url);
    const result = await client.predict("/weather", input);
    client.close();
    return result;
  };
  // What arrived is kept for tests, and would be taken for a leak of the adapter.
  const forgetting = async (work: Promise<unknown>): Promise<unknown> => {
    const result = await work;
    one.arrived.length = 0;
    return result;
  };
  return {
    calls: [
      {
        name: "from a Space",
        peerName: "connect and predict of @gradio/client: a session for each call, as here",
        ours: () => forgetting(called(made)),
        peer: () => forgetting(predicted()),
        calls: 100,
      },
    ],
    listings: [
      {
        name: "from a Space",
        peerName: "connect and view_api of @gradio/client",
        ours: async () => {
          await using space = await toolsFromSpace(many.url);
          return await space.tools();
        },
        peer: async () => {
          const connected = await Client.connect(many.url);
          const api = await connected.view_api();
          connected.close();
          return api;
        },
      },
    ],
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
