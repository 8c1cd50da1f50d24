// The public API of @smoltools/hub/fetch: the requests that the host makes for sandboxed code.

export { FetchError, type FetchErrorCode } from "../../errors/fetch-error.ts";
export { PermissionError, type PermissionErrorCode } from "../../errors/permission-error.ts";
export { hostFetch, type HostFetchOptions } from "./host-fetch.ts";
export type { ResolveName } from "./pinned-lookup.ts";
