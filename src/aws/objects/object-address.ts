import { isIP } from "node:net";
import { AwsCallError } from "../clients/client-error.ts";
import { isLoopback } from "../clients/loopback.ts";

/** An object as it is asked for. */
export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** Where an object is asked for. */
export interface ObjectAddress {
  readonly isTls: boolean;
  readonly hostname: string;
  readonly port: number;
  /** The header. */
  readonly host: string;
  /** Encoded; S3 takes `//` and `..` as they are. */
  readonly path: string;
  readonly query: string;
}

export interface ObjectPlace {
  readonly region: string;
  readonly endpoint?: string | undefined;
  readonly isPathStyle?: boolean | undefined;
}

/** What fits into the name of a host and under AWS's certificate; S3 User Guide, "Virtual hosting of general purpose buckets". */
const hostLabel = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
/** Older buckets in us-east-1 have more letters and length; S3 User Guide, "General purpose bucket naming rules". */
const bucketName = /^[A-Za-z0-9._-]{3,255}$/;
/** S3 User Guide, "Naming Amazon S3 objects": 1,024 bytes of UTF-8. */
const keyBytesMax = 1024;
const versionCharactersMax = 1024;

/** Finds where an object is. Names come from messages: what cannot be one is refused as S3 would, and asks nobody. */
export function objectAddress({ bucket, key, versionId }: ObjectName, place: ObjectPlace): ObjectAddress {
  if (!bucketName.test(bucket)) throw refusal("InvalidBucketName", "The specified bucket is not valid.", 400);
  if (key === "" || !key.isWellFormed()) throw refusal("NoSuchKey", "The specified key does not exist.", 404);
  if (Buffer.byteLength(key) > keyBytesMax) throw refusal("KeyTooLongError", "Your key is too long.", 400);
  if (versionId !== undefined && (versionId.length > versionCharactersMax || !versionId.isWellFormed()))
    throw refusal("NoSuchVersion", "The specified version does not exist.", 404);
  const base = new URL(place.endpoint ?? `https://s3.${place.region}.${dnsSuffix(place.region)}`);
  const isInPath = !hostLabel.test(bucket) || isPathStyle(base, place);
  const hostname = isInPath ? base.hostname : `${bucket}.${base.hostname}`;
  const prefix = base.pathname.replace(/\/+$/, "");
  const isTls = base.protocol === "https:";
  return {
    isTls,
    hostname: hostname.replaceAll(/^\[|\]$/g, ""),
    port: base.port === "" ? (isTls ? 443 : 80) : Number(base.port),
    host: base.port === "" ? hostname : `${hostname}:${base.port}`,
    path: `${prefix}${isInPath ? `/${bucket}` : ""}/${key.split("/").map(encode).join("/")}`,
    query: versionId === undefined ? "" : `versionId=${encode(versionId)}`,
  };
}

function isPathStyle(base: URL, { endpoint, isPathStyle: isAsked }: ObjectPlace): boolean {
  if (endpoint === undefined) return false;
  return isAsked === true || isLoopback(endpoint) || isIP(base.hostname.replaceAll(/^\[|\]$/g, "")) !== 0;
}

/** Of each partition's hosts, as the SDK's own table has them. */
function dnsSuffix(region: string): string {
  if (!/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/.test(region)) {
    throw refusal("InvalidRegionName", `${region} is no region`, 400);
  }
  if (region.startsWith("cn-")) return "amazonaws.com.cn";
  return region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
}

/** Nothing but RFC 3986's unreserved signs stays as it is. */
function encode(text: string): string {
  return /^[\w.~-]*$/.test(text)
    ? text
    : encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function refusal(code: string, message: string, status: number): AwsCallError {
  return AwsCallError.of({ service: "s3", operation: "GetObject" }, { code, message, status });
}
