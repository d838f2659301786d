import { refuseOthers } from "./operation.ts";
import { invalidValue } from "./refusals.ts";
import { type MetadataOptions } from "./things.ts";

/** EC2 User Guide, "Instance user data". */
const userDataBytesMax = 16 * 1024;

/** What instances of today's images have where nothing is said. */
export const newMetadata: MetadataOptions = {
  httpTokens: "required",
  httpPutResponseHopLimit: 2,
  httpEndpoint: "enabled",
  httpProtocolIpv6: "disabled",
  instanceMetadataTags: "disabled",
};

interface GivenMetadata {
  readonly HttpTokens?: "optional" | "required" | undefined;
  readonly HttpPutResponseHopLimit?: number | undefined;
  readonly HttpEndpoint?: "enabled" | "disabled" | undefined;
  readonly HttpProtocolIpv6?: "enabled" | "disabled" | undefined;
  readonly InstanceMetadataTags?: "enabled" | "disabled" | undefined;
}

/** Changes what is given and leaves the rest. */
export function readMetadataOptions(given: GivenMetadata, before: MetadataOptions): MetadataOptions {
  refuseOthers(
    given,
    ["HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint", "HttpProtocolIpv6", "InstanceMetadataTags"],
    "MetadataOptions.",
  );
  const hops = given.HttpPutResponseHopLimit ?? before.httpPutResponseHopLimit;
  if (hops < 1 || hops > 64) throw invalidValue("HttpPutResponseHopLimit is between 1 and 64");
  return {
    httpTokens: given.HttpTokens ?? before.httpTokens,
    httpPutResponseHopLimit: hops,
    httpEndpoint: given.HttpEndpoint ?? before.httpEndpoint,
    httpProtocolIpv6: given.HttpProtocolIpv6 ?? before.httpProtocolIpv6,
    instanceMetadataTags: given.InstanceMetadataTags ?? before.instanceMetadataTags,
  };
}

/** Takes user data in Base64, as the wire has it. */
export function readUserData(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, "base64");
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) throw invalidValue("Invalid BASE64 encoding of user data.");
  if (bytes.length > userDataBytesMax) throw invalidValue(`User data is limited to ${userDataBytesMax} bytes`);
  return text;
}
