import { AwsError } from "../../../aws/index.ts";
import { type Identity } from "../../identity/open-identity.ts";
import { type Call } from "../../service.ts";
import { checkLength, checkRange, constraintError, mergeTags } from "../iam/validation.ts";
import { accessDenied, checkMfa, credentialsOf, sessionOf, type StsOperations } from "./sts.ts";
import { readSessionPolicies } from "./session-policies.ts";

const usualSeconds = 43_200;
const secondsMax = 129_600;
/** A root's temporary keys live an hour, whatever is asked for. STS API Reference, GetSessionToken. */
const rootSecondsMax = 3600;

/** Temporary keys that a user gets for itself or for others. */
export function tokenOperations(identity: Identity): StsOperations {
  return {
    GetSessionToken: {
      // 'No permissions are required for users to perform this operation': IAM User Guide.
      needs: () => [],
      answer(input, call) {
        const owner = ownerOf(identity, call, "GetSessionToken");
        const durationSeconds = durationOf(call, input.DurationSeconds);
        const mfaAt = checkMfa(identity, call, input.SerialNumber, input.TokenCode);
        const session = identity.sessions.issue({
          accountId: call.accountId,
          of: owner === undefined ? { kind: "root" } : { kind: "user", userName: owner.name, userId: owner.id },
          policies: [],
          tags: [],
          transitiveTagKeys: [],
          mfaAt,
          durationSeconds,
        });
        return { Credentials: credentialsOf(session) };
      },
    },
    GetFederationToken: {
      needs: ({ Name, Tags }, call) =>
        ["sts:GetFederationToken", ...((Tags ?? []).length > 0 ? ["sts:TagSession"] : [])].map((action) => ({
          action,
          resource: `arn:aws:sts::${call.accountId}:federated-user/${Name ?? ""}`,
        })),
      answer(input, call) {
        const name = input.Name ?? "";
        checkLength("name", name, 2, 32);
        if (!/^[\w+=,.@-]*$/.test(name)) {
          throw constraintError("name", name, "satisfy regular expression pattern: [\\w+=,.@-]*");
        }
        const owner = ownerOf(identity, call, "GetFederationToken");
        const durationSeconds = durationOf(call, input.DurationSeconds);
        const policies = readSessionPolicies(identity.directory, call.accountId, input);
        const session = identity.sessions.issue({
          accountId: call.accountId,
          of: { kind: "federated-user", name, userName: owner?.name, userId: owner?.id ?? call.accountId },
          policies: policies.texts,
          tags: mergeTags([], input.Tags),
          transitiveTagKeys: [],
          durationSeconds,
        });
        const arn = `arn:aws:sts::${call.accountId}:federated-user/${name}`;
        call.note({ resources: [{ ARN: arn, accountId: call.accountId, type: "AWS::STS::FederatedUser" }] });
        return {
          Credentials: credentialsOf(session),
          FederatedUser: { FederatedUserId: `${call.accountId}:${name}`, Arn: arn },
          ...(policies.packedPercent === undefined ? {} : { PackedPolicySize: policies.packedPercent }),
        };
      },
    },
    GetCallerIdentity: {
      // 'No permissions are required to perform this operation': STS API Reference.
      needs: () => [],
      answer: (_, call) => ({
        UserId: call.caller.context["aws:userid"] ?? call.caller.identity.principalId ?? "",
        Account: call.caller.accountId,
        Arn: call.caller.arn,
      }),
    },
    GetAccessKeyInfo: {
      needs: (_, call) => [{ action: `sts:${call.operation}`, resource: "*" }],
      answer({ AccessKeyId }) {
        const id = AccessKeyId ?? "";
        checkLength("accessKeyId", id, 16, 128);
        const { accessKeys, sessions } = identity.directory;
        const found = accessKeys.get(id) ?? sessions.get(id);
        if (found === undefined) throw new AwsError("ValidationError", `Invalid Access Key Id: ${id.slice(0, 128)}`);
        return { Account: found.accountId };
      },
    },
    DecodeAuthorizationMessage: {
      needs: (_, call) => [{ action: `sts:${call.operation}`, resource: "*" }],
      answer() {
        // The sandbox's refusals say all in the clear, so no encoded message can be one of its own.
        throw new AwsError("InvalidAuthorizationMessageException", "Message is not valid");
      },
    },
  };
}

/** The user behind a lasting key; undefined for the root. Sessions may not ask for further tokens. */
function ownerOf(
  identity: Identity,
  call: Call,
  operation: string,
): { readonly name: string; readonly id: string } | undefined {
  const { caller } = call;
  if (sessionOf(identity, call) !== undefined || (caller.kind !== "user" && caller.kind !== "root")) {
    throw accessDenied(`Cannot call ${operation} with session credentials`);
  }
  if (caller.kind === "root") return undefined;
  const user = identity.directory.userByArn(caller.principalArn);
  if (user === undefined) throw accessDenied(`Cannot call ${operation} without a user`);
  return { name: user.name, id: user.id };
}

function durationOf({ caller }: Call, seconds: number | undefined): number {
  if (seconds !== undefined) checkRange("durationSeconds", seconds, 900, secondsMax);
  const wanted = seconds ?? usualSeconds;
  return caller.kind === "root" ? Math.min(wanted, rootSecondsMax) : wanted;
}
