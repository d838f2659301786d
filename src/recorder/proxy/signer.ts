import { type Parameters, type WireRequest } from "../../aws/index.ts";

/** What a request claims of who signed it and for what; whether that is so, the server behind finds out. */
export interface Signer {
  readonly way: "header" | "query" | "none";
  readonly accessKeyId?: string;
  /** Not of the signatures that hold for several regions, nor of version 2. */
  readonly region?: string;
  /** The name that requests to the service are signed for. */
  readonly service?: string;
}

/** `AKID/20130524/us-east-1/s3/aws4_request`; of version 4A without the region. */
const scope = /^([\w-]{1,128})\/\d{8}\/(?:([\w-]{1,64})\/)?([a-z0-9-]{1,64})\/aws4_request$/;

/** Finds the signer of a request, also of one whose signature is broken: the call is made all the same. */
export function readSigner(request: WireRequest, query: Parameters): Signer {
  const header = request.headers["authorization"];
  if (header !== undefined) {
    const older = /^AWS ([\w-]{1,128}):/.exec(header);
    if (older !== null) return { way: "header", accessKeyId: older[1] ?? "" };
    const credential = /^AWS4-[A-Z0-9-]{1,40}\s.{0,500}?Credential=([\w/-]{1,400})/.exec(header)?.[1];
    return { way: "header", ...(credential !== undefined && partsOf(credential)) };
  }
  const parameters = new Map(query);
  const credential = parameters.get("X-Amz-Credential");
  if (credential !== undefined) return { way: "query", ...partsOf(credential) };
  const older = parameters.get("AWSAccessKeyId");
  if (older !== undefined && /^[\w-]{1,128}$/.test(older)) return { way: "query", accessKeyId: older };
  return { way: "none" };
}

function partsOf(credential: string): Omit<Signer, "way"> {
  const found = scope.exec(credential);
  if (found === null) return {};
  const [, accessKeyId = "", region, service = ""] = found;
  return { accessKeyId, service, ...(region !== undefined && { region }) };
}
