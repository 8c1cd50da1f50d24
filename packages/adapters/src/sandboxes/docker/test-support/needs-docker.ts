import process from "node:process";
import { connectDaemon } from "../docker-daemon.ts";
import { ensureImage } from "../ensure-image.ts";

/** The image that scripts/docker-for-tests.sh imports: it has Node and Python. */
export const image = "smoltools-test:local";

/** Why tests that need Docker cannot run here; nothing when they can. */
export const dockerHint: string | undefined = await problem();

async function problem(): Promise<string | undefined> {
  try {
    await ensureImage(await connectDaemon(), image, false);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Tests with Docker are skipped: ${message}. See scripts/docker-for-tests.sh\n`);
    return message;
  }
}
