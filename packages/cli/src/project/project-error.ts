import { SmoltoolsError } from "@smoltools/core";

/**
 * What is wrong with the folder of a project.
 *
 * | code | meaning |
 * | --- | --- |
 * | `PROJECT_INVALID` | a file of the project, such as its package.json, cannot be used |
 * | `PROJECT_SOURCE_UNCLEAR` | it is not clear which file of the folder holds the tools |
 * | `PROJECT_FOLDER_TAKEN` | what is there already is not overwritten |
 */
export type ProjectErrorCode = "PROJECT_INVALID" | "PROJECT_SOURCE_UNCLEAR" | "PROJECT_FOLDER_TAKEN";

/** Something wrong with the folder of a project. `path` names what it is about. */
export class ProjectError extends SmoltoolsError<ProjectErrorCode, { path: string }> {}
