import { HubApiError } from "@huggingface/hub";
import { expect, it } from "vitest";
import { saidByHub } from "./said-by-hub.ts";

it.each([
  ["ada may not change what belongs to acme.. URL: . Request ID: 0f3a-1b", "ada may not change what belongs to acme."],
  ["No. URL: https://hub.example/api/repos/create. Request ID: 0f3a-1b", "No"],
  ["No. URL: https://hub.example/api/repos/create", "No"],
  ["Wrong address. URL: a. URL: https://hub.example", "Wrong address. URL: a"],
  ["the branch\nis protected. URL: ", "the branch\nis protected"],
  ["No", "No"],
])("of the error %j, the hub said %j", (message, said) => {
  expect(saidByHub(new HubApiError("https://hub.example", 403, undefined, message))).toBe(said);
});
