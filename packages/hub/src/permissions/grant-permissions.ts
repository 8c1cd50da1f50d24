import { PermissionError } from "../errors/permission-error.ts";
import { permissionProblem } from "../manifest/permission-problem.ts";
import {
  isEmpty,
  missingPermissions,
  noPermissions,
  permissionKinds,
  type Permissions,
  permissionsText,
  sortPermissions,
} from "../manifest/permissions.ts";

/** What a package asks for, for whoever decides. */
export interface GrantRequest {
  /** Which package, as the caller named it. */
  ref: string;
  /** Everything that it declares. */
  declared: Permissions;
  /** What the lock file says was granted before. */
  granted: Permissions;
  /** What is declared and not yet granted: never empty. */
  missing: Permissions;
  /** True when the package was granted something before, or was locked without needing anything, and now wants more. */
  isGrowth: boolean;
}

/**
 * What a caller grants: these permissions; with `"declared"` whatever the package declares, apart from programs; or what a
 * function decides about each package that wants more than it was granted before. The function may ask a person.
 */
export type Grant = Partial<Permissions> | "declared" | ((request: GrantRequest) => boolean | Promise<boolean>);

/**
 * Decides what a package may do: exactly what it declares, if all of that is granted. Every way to load a package
 * comes through here.
 *
 * @param ref - The package, as the caller named it.
 * @param grant - What the caller grants. Absent: what was granted before holds, and nothing else.
 * @param granted - What was granted before, by the lock file. Absent: the package is new.
 * @throws PermissionError `PERMISSION_NOT_GRANTED` that lists what is missing and how to grant it;
 *   `PERMISSION_INVALID` for a permission that is written wrongly.
 */
export async function grantPermissions(
  ref: string,
  declared: Permissions,
  grant?: Grant,
  granted?: Permissions,
): Promise<Permissions> {
  const before = granted ?? noPermissions();
  if (grant === "declared") {
    // A program runs outside of every sandbox, with the rights of whoever starts it: nobody grants it unseen.
    const missing = { ...noPermissions(), run: missingPermissions(declared, before).run };
    if (isEmpty(missing)) return declared;
    throw notGranted(ref, declared, missing);
  }
  if (typeof grant === "function") {
    const missing = missingPermissions(declared, before);
    if (isEmpty(missing)) return declared;
    const request = { ref, declared, granted: before, missing, isGrowth: granted !== undefined };
    if (await grant(structuredClone(request))) return declared;
    throw notGranted(ref, declared, missing);
  }
  if (grant) checkForm(grant, declared);
  const missing = missingPermissions(declared, grant ? sortPermissions(grant) : before);
  if (isEmpty(missing)) return declared;
  throw notGranted(ref, declared, missing);
}

/** A misspelt permission would grant nothing, and nobody would know why. */
function checkForm(granted: Partial<Permissions>, declared: Permissions): void {
  for (const kind of permissionKinds) {
    for (const value of granted[kind] ?? []) {
      // What a manifest may say has been checked: the command line of its source, say.
      if (declared[kind].includes(value)) continue;
      const problem = permissionProblem(kind, value);
      if (problem === undefined) continue;
      throw new PermissionError(`The permission ${kind} ${JSON.stringify(value)} is written wrongly: ${problem}`, {
        code: "PERMISSION_INVALID",
        data: { kind, value },
      });
    }
  }
}

function notGranted(ref: string, declared: Permissions, missing: Permissions): PermissionError {
  const isProgram = missing.run.length > 0;
  const program = isProgram
    ? ". It starts a program on this machine, outside of the sandbox and with all your rights"
    : "";
  const other = isProgram ? "" : ', or "declared" for whatever it declares';
  return new PermissionError(
    `${ref} wants permissions that are not granted: ${permissionsText(missing)}${program}. If you trust it with them, ` +
      `pass permissions: ${JSON.stringify(onlyNamed(declared))}${other}`,
    { code: "PERMISSION_NOT_GRANTED", data: { source: ref, missing } },
  );
}

function onlyNamed(permissions: Permissions): Partial<Permissions> {
  return Object.fromEntries(Object.entries(permissions).filter(([, values]) => values.length > 0));
}
