import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

/** An archive without files. */
const emptyTar = Buffer.alloc(1024);
const manifestType = "application/vnd.docker.distribution.manifest.v2+json";

/**
 * A registry on this machine that has one image, `tiny:1`, which is empty.
 *
 * OCI Distribution Specification, "Pull".
 */
export async function openRegistry(): Promise<{ address: string } & AsyncDisposable> {
  const layer = gzipSync(emptyTar);
  const rootfs = { type: "layers", diff_ids: [digestOf(emptyTar)] };
  const config = Buffer.from(JSON.stringify({ architecture: "amd64", os: "linux", config: {}, rootfs }));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: described(config, "application/vnd.docker.container.image.v1+json"),
      layers: [described(layer, "application/vnd.docker.image.rootfs.diff.tar.gzip")],
    }),
  );
  const blobs = new Map([config, layer].map((blob) => [`/v2/tiny/blobs/${digestOf(blob)}`, blob]));
  const server = createServer(({ url = "", method }, response) => {
    const isManifest = url === "/v2/tiny/manifests/1" || url === `/v2/tiny/manifests/${digestOf(manifest)}`;
    const body = url === "/v2/" ? Buffer.from("{}") : isManifest ? manifest : blobs.get(url);
    if (isManifest) response.setHeader("Docker-Content-Digest", digestOf(manifest));
    response.setHeader("Content-Type", isManifest ? manifestType : "application/json");
    response.statusCode = body ? 200 : 404;
    response.setHeader("Content-Length", body?.length ?? 0);
    response.end(method === "HEAD" ? undefined : body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    address: `127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function described(blob: Buffer, mediaType: string): object {
  return { mediaType, size: blob.length, digest: digestOf(blob) };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
