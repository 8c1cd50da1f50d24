import type { Route } from "../http/router.ts";
import { agentHarnessesRoutes } from "./agent-harnesses.ts";
import { branchRoutes } from "./branches.ts";
import { commitRoutes } from "./commit.ts";
import { commitsRoutes } from "./commits.ts";
import { fileRoutes } from "./files.ts";
import { infoRoutes } from "./info.ts";
import { listRoutes } from "./list.ts";
import { pathsInfoRoutes } from "./paths-info.ts";
import { preuploadRoutes } from "./preupload.ts";
import { refsRoutes } from "./refs.ts";
import { releaseLogRoutes } from "./release-log.ts";
import { repoRoutes } from "./repos.ts";
import { tagRoutes } from "./tags.ts";
import { treeRoutes } from "./tree.ts";
import { validateYamlRoutes } from "./validate-yaml.ts";
import { whoamiRoutes } from "./whoami.ts";

/** Every address of the hub. The first one that fits answers: `/api/…` comes before the files of models, `/:ns/:name/…`. */
export const allRoutes: readonly Route[] = [
  ...whoamiRoutes,
  ...agentHarnessesRoutes,
  ...validateYamlRoutes,
  ...releaseLogRoutes,
  ...repoRoutes,
  ...listRoutes,
  ...infoRoutes,
  ...treeRoutes,
  ...pathsInfoRoutes,
  ...preuploadRoutes,
  ...commitRoutes,
  ...commitsRoutes,
  ...refsRoutes,
  ...tagRoutes,
  ...branchRoutes,
  ...fileRoutes,
];
