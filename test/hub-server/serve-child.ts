// A hub in a process of its own, for tests that run several or kill one. Arguments: the folder, and limits as JSON.
import { serveHub } from "@smoltools/hub/server";

const [root = "", limits = "{}"] = process.argv.slice(2);
const hub = await serveHub({
  root,
  tokens: [{ token: "hf_alice", user: "alice", role: "write" }],
  limits: JSON.parse(limits),
});
process.stdout.write(`${hub.url}\n`);
process.stdin.resume().once("end", () => void hub.close());
