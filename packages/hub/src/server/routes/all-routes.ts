import type { Route } from "../http/router.ts";
import { agentHarnessesRoutes } from "./agent-harnesses.ts";
import { branchRoutes } from "./refs/branches.ts";
import { commitRoutes } from "./commits/commit.ts";
import { collectionRoutes } from "./collections/collections.ts";
import { commitsRoutes } from "./commits/commits.ts";
import { fileRoutes } from "./files/files.ts";
import { gitRoutes } from "./git/git.ts";
import { healthRoutes } from "./health.ts";
import { infoRoutes } from "./repos/info.ts";
import { lfsRoutes } from "./git/lfs.ts";
import { listRoutes } from "./repos/list.ts";
import { notHereRoutes } from "./not-here.ts";
import { pathsInfoRoutes } from "./files/paths-info.ts";
import { preuploadRoutes } from "./commits/preupload.ts";
import { refsRoutes } from "./refs/refs.ts";
import { releaseLogRoutes } from "./release-log.ts";
import { repoRoutes } from "./repos/repos.ts";
import { searchRoutes } from "./search.ts";
import { settingsRoutes } from "./repos/settings.ts";
import { spaceRoutes } from "./repos/spaces.ts";
import { tagRoutes } from "./refs/tags.ts";
import { treeRoutes } from "./files/tree.ts";
import { validateYamlRoutes } from "./validate-yaml.ts";
import { whoamiRoutes } from "./whoami.ts";

/** Every address of the hub. The first one that fits answers: `/api/…` comes before the files of models, `/:ns/:name/…`. */
export const allRoutes: readonly Route[] = [
  ...healthRoutes,
  ...whoamiRoutes,
  ...agentHarnessesRoutes,
  ...validateYamlRoutes,
  ...releaseLogRoutes,
  ...repoRoutes,
  ...collectionRoutes,
  ...searchRoutes,
  ...listRoutes,
  ...spaceRoutes,
  ...infoRoutes,
  ...treeRoutes,
  ...pathsInfoRoutes,
  ...preuploadRoutes,
  ...commitRoutes,
  ...commitsRoutes,
  ...refsRoutes,
  ...tagRoutes,
  ...branchRoutes,
  ...settingsRoutes,
  ...notHereRoutes,
  ...lfsRoutes,
  ...gitRoutes,
  ...fileRoutes,
];
