export { SmoltoolsError } from "@smoltools/core";
