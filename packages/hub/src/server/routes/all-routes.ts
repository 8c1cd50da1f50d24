import type { Route } from "../http/router.ts";
import { agentHarnessesRoutes } from "./agent-harnesses.ts";
import { branchRoutes } from "./branches.ts";
import { commitRoutes } from "./commit.ts";
import { collectionRoutes } from "./collections.ts";
import { commitsRoutes } from "./commits.ts";
import { fileRoutes } from "./files.ts";
import { gitRoutes } from "./git.ts";
import { healthRoutes } from "./health.ts";
import { infoRoutes } from "./info.ts";
import { lfsRoutes } from "./lfs.ts";
import { listRoutes } from "./list.ts";
import { notHereRoutes } from "./not-here.ts";
import { pathsInfoRoutes } from "./paths-info.ts";
import { preuploadRoutes } from "./preupload.ts";
import { refsRoutes } from "./refs.ts";
import { releaseLogRoutes } from "./release-log.ts";
import { repoRoutes } from "./repos.ts";
import { searchRoutes } from "./search.ts";
import { settingsRoutes } from "./settings.ts";
import { spaceRoutes } from "./spaces.ts";
import { tagRoutes } from "./tags.ts";
import { treeRoutes } from "./tree.ts";
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
