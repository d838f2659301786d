import { isOptInRegion } from "../../access/regions.ts";
import { type Case, found, upper } from "./case.ts";
import { clockSkewMs, roughly } from "./clock-skew.ts";
import { readDenial } from "./denial.ts";

const unknownKey: ReadonlySet<string> = new Set([
  ...["InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "InvalidToken", "AuthFailure"],
  ...["InvalidSecurity", "MissingAuthenticationToken", "MissingAuthenticationTokenException", "NotSignedUp"],
]);
const wrongSignature: ReadonlySet<string> = new Set([
  ...["SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "IncompleteSignatureException"],
]);

/** Who we are is what AWS does not accept. */
export const identityCases: readonly Case[] = [
  function roleRefused(said, { roleArn }) {
    const { operation, code } = said;
    if (operation !== "AssumeRole" || !/^(AccessDenied|ValidationError|NoSuchEntity)/.test(code)) return undefined;
    const { who, resource = roleArn } = readDenial(said);
    const role = resource === undefined ? "The role" : `The role ${resource}`;
    return found(
      "role-refused",
      `${role} cannot be taken on${who === undefined ? "" : ` by ${who}`}: its trust policy names somebody else, or the external ID is another`,
      `See in the role's trust policy that Principal names ${who ?? "who runs Trailwarden"} or its account, and that sts:ExternalId is the external ID of this source; who takes it on also has to be allowed sts:AssumeRole`,
    );
  },
  function credentialsMissing({ code, message }) {
    if (code !== "CredentialsProviderError" && !/could not load credentials/i.test(message)) return undefined;
    return found(
      "credentials-missing",
      "No AWS credentials are to be found on this machine",
      "Give the machine a role or the process a profile (AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), or give the source keys of its own as secrets",
    );
  },
  function clockWrong(said, { now }) {
    const { code, message } = said;
    const isSkew =
      /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/.test(code) ||
      /Signature (expired|not yet current)/i.test(message);
    if (!isSkew) return undefined;
    const skewMs = clockSkewMs(said, now);
    const difference =
      skewMs === undefined
        ? "differs from AWS's by more than AWS accepts"
        : `is ${roughly(skewMs)} ${skewMs > 0 ? "behind" : "ahead of"} AWS's`;
    return found(
      "clock-wrong",
      `The clock of this machine ${difference}`,
      "Set the machine's clock (chronyd or systemd-timesyncd); AWS accepts a difference of five to fifteen minutes",
    );
  },
  function credentialsExpired({ code, message }) {
    if (!code.startsWith("Expired") && !/security token .{0,40}expired/i.test(message)) return undefined;
    return found(
      "credentials-invalid",
      "The AWS credentials have expired",
      "Give new ones, or better a role (roleArn): that renews itself",
    );
  },
  function regionNotEnabled({ code }, { region }) {
    if (!/^(OptInRequired|RegionDisabledException|InvalidRegionName)$/.test(code)) return undefined;
    return found(
      "wrong-region",
      `The region ${region ?? "that is asked"} is not enabled for this account`,
      "Enable it in the console under Account, AWS Regions, or give the region that the queue or bucket is in",
    );
  },
  function scopedElsewhere({ code, message }, { what, region }) {
    const [, given = region] = /Credential should be scoped to a valid region, not '([\w-]{1,40})'/.exec(message) ?? [];
    if (!wrongSignature.has(code) && code !== "AuthorizationHeaderMalformed") return undefined;
    if (!/scoped to a valid region/.test(message)) return undefined;
    return found(
      "wrong-region",
      `${upper(what)} is not in ${given ?? "this region"}`,
      "Give the source the region that stands in the queue's URL",
    );
  },
  function credentialsInvalid({ code }, { region }) {
    if (wrongSignature.has(code)) {
      return found(
        "credentials-invalid",
        "The secret does not belong to the access key",
        "Copy both anew; a secret has 40 characters, and + and / are among them",
      );
    }
    if (!unknownKey.has(code)) return undefined;
    const isOptIn = region !== undefined && isOptInRegion(region);
    return found(
      "credentials-invalid",
      `AWS does not know the credentials${isOptIn ? `, or the region ${region} is not enabled for their account` : ""}`,
      `See with \`aws sts get-caller-identity\` who they belong to: the key may be deleted, or of another partition${isOptIn ? "; enable the region under Account, AWS Regions" : ""}`,
    );
  },
];
