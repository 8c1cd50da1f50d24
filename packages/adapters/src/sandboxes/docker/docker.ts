import { errorMessage, type Sandbox, type SandboxOptions, type SandboxProvider } from "@smoltools/core";
import { ChannelEngine } from "../channel/channel-engine.ts";
import { maxMessageBytes } from "../channel/message-size.ts";
import type { Engine, EngineKind, EngineSetup } from "../engine/engine.ts";
import { EngineSandbox } from "../engine/engine-sandbox.ts";
import { unavailable } from "../engine/sandbox-errors.ts";
import { pythonProvider } from "../python/python-provider.ts";
import { containerConfig } from "./container-config.ts";
import type { ContainerChannel } from "./container-channel.ts";
import { connectDaemon } from "./docker-daemon.ts";
import { DockerFailure } from "./docker-failure.ts";
import { dockerGuests } from "./docker-guest.ts";
import { type DockerOptions, type DockerSettings, dockerSettings } from "./docker-options.ts";
import { ensureImage } from "./ensure-image.ts";
import { launchContainer } from "./launch-container.ts";
import { containerLabels } from "./sweep-orphans.ts";

const sandbox = "docker";

/**
 * Sandboxes of JavaScript, TypeScript or Python in Docker containers, one for each.
 *
 * A container has no network, a root file system that cannot be written, an empty `/tmp` of 64 MiB in memory, an
 * ordinary user without capabilities, Docker's seccomp profile, and limits of memory, processes and processor time.
 * Nothing of the host is in it: no environment, no files, no socket of the daemon. The code may use everything that
 * the image has. `fetch` is the host's. `memoryBytes` is for the code's values; the runtime gets its own beside.
 *
 * The daemon is the one that the `docker` command would use (`DOCKER_HOST`, contexts), Docker 20.10 or later. Where
 * there is none, or it lacks the image or a limit, `create` rejects with `SANDBOX_UNAVAILABLE` and says what to do.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` when an option is wrong.
 */
export function docker(options: DockerOptions = {}): SandboxProvider {
  const settings = dockerSettings(options);
  const { language } = settings;
  const kind: EngineKind = {
    name: sandbox,
    language,
    memory: dockerGuests[language].memory,
    open: (setup) => open(settings, setup),
  };
  if (language === "python") return pythonProvider(kind);
  return {
    name: kind.name,
    language,
    create: (sandboxOptions: SandboxOptions = {}): Promise<Sandbox> => EngineSandbox.create(kind, sandboxOptions),
  };
}

/** Why this machine has no Docker that is good for sandboxes, with what to do; nothing when it has. */
export async function dockerProblem(): Promise<string | undefined> {
  try {
    await connectDaemon();
    return undefined;
  } catch (error) {
    return errorMessage(error);
  }
}

async function open(settings: DockerSettings, setup: EngineSetup): Promise<Engine> {
  const { language } = dockerGuests[settings.language];
  return ChannelEngine.create(await launch(settings, setup), { sandbox, language, setup });
}

async function launch(settings: DockerSettings, { limits }: EngineSetup): Promise<ContainerChannel> {
  const guest = dockerGuests[settings.language];
  try {
    const client = await connectDaemon();
    const [files, labels] = await Promise.all([
      guest.files(),
      containerLabels(),
      ensureImage(client, settings.image, settings.pull),
    ]);
    const config = containerConfig(settings, {
      command: guest.command(files.length, limits),
      environment: guest.environment,
      memoryBytes: limits.memoryBytes + guest.overheadBytes,
      ...(guest.dataBytes && { dataBytes: guest.dataBytes(limits) }),
      labels,
    });
    const { needs } = guest;
    return await launchContainer(client, { config, files, needs, maxMessageBytes: maxMessageBytes(limits) });
  } catch (error) {
    if (!(error instanceof DockerFailure)) throw error;
    throw unavailable(sandbox, error.message, error);
  }
}
