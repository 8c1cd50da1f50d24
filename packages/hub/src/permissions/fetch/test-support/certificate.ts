import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate that vouches for itself, and its key, in PEM. */
export interface TestCertificate {
  cert: string;
  key: string;
}

const [sequence, set, oid, boolean, integer, bitString, octetString, utf8, time] = [
  0x30, 0x31, 0x06, 0x01, 0x02, 0x03, 0x04, 0x0c, 0x18,
];
const commonName = [0x55, 0x04, 0x03];
const basicConstraints = [0x55, 0x1d, 0x13];
const subjectAltName = [0x55, 0x1d, 0x11];
const ecdsaWithSha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];

/** Makes a certificate for a name (RFC 5280, section 4.1). */
export function testCertificate(hostname: string): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(sequence, der(oid, ecdsaWithSha256));
  const name = der(sequence, der(set, der(sequence, der(oid, commonName), der(utf8, Buffer.from(hostname)))));
  const validity = der(sequence, der(time, Buffer.from("20200101000000Z")), der(time, Buffer.from("21200101000000Z")));
  const extensions = der(
    sequence,
    der(sequence, der(oid, basicConstraints), der(octetString, der(sequence, der(boolean, [0xff])))),
    der(sequence, der(oid, subjectAltName), der(octetString, der(sequence, der(0x82, Buffer.from(hostname))))),
  );
  const contents = der(
    sequence,
    der(0xa0, der(integer, [2])),
    der(integer, [1]),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = sign("sha256", contents, privateKey);
  const certificate = der(sequence, contents, algorithm, der(bitString, [0], signature));
  const lines = certificate.toString("base64").replace(/(.{64})/g, "$1\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** A value with its tag and length (X.690, section 8.1). */
function der(tag: number, ...parts: (Uint8Array | number[])[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Uint8Array.from(part)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.from([tag, ...size]), content]);
}
