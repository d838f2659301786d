import { AwsError } from "../../../aws/index.ts";
import { sessionArn } from "../../identity/entity-arn.ts";
import { type Identity } from "../../identity/open-identity.ts";
import { type Role, type Session, type Tag } from "../../identity/things.ts";
import { currentTrust } from "../../identity/trust-policy.ts";
import { type Call, type Need } from "../../service.ts";
import { validationError } from "../iam/errors.ts";
import { checkLength, checkRange, constraintError, mergeTags } from "../iam/validation.ts";
import { accessDenied, checkMfa, credentialsOf, sessionOf, type StsOperations } from "./sts.ts";
import { readSessionPolicies } from "./session-policies.ts";
import { type InputOf } from "../../../aws/index.ts";

type Input = InputOf<"sts", "AssumeRole">;

const nobody = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const chainedSecondsMax = 3600;

/** AssumeRole: the role's trust policy and the caller's own policies both have their say. */
export function assumeRoleOperations(identity: Identity): StsOperations {
  const { directory } = identity;
  return {
    AssumeRole: {
      // Asked below, because a refusal has a record of its own kind: without parameters.
      needs: () => [],
      answer(input, call) {
        checkInput(input);
        const role = directory.roleByArn(input.RoleArn ?? "");
        const own = sessionOf(identity, call);
        const plan = tryTo(call, () => planSession(identity, call, input, role, own));
        const session = identity.sessions.issue(plan);
        const roleArn = input.RoleArn ?? "";
        const accountId = plan.accountId;
        call.note({
          resources: [{ ARN: roleArn, accountId, type: "AWS::IAM::Role" }],
          ...(accountId === call.caller.accountId ? {} : { recipients: [call.caller.accountId, accountId] }),
        });
        return {
          Credentials: credentialsOf(session),
          AssumedRoleUser: {
            AssumedRoleId: `${role?.id ?? ""}:${input.RoleSessionName ?? ""}`,
            Arn: sessionArn(accountId, role?.name ?? "", input.RoleSessionName ?? ""),
          },
          ...(plan.packedPercent === undefined ? {} : { PackedPolicySize: plan.packedPercent }),
          ...(plan.sourceIdentity === undefined ? {} : { SourceIdentity: plan.sourceIdentity }),
        };
      },
    },
  };
}

/** A refused AssumeRole is recorded without parameters: so are all 13 of the real records at hand. */
function tryTo<Result>(call: Call, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof AwsError && error.code === "AccessDenied") call.note({ requestParameters: null });
    throw error;
  }
}

function planSession(identity: Identity, call: Call, input: Input, role: Role | undefined, own: Session | undefined) {
  if (call.caller.kind === "root") throw accessDenied("Roles may not be assumed by root accounts.");
  const { directory } = identity;
  const mfaAt = checkMfa(identity, call, input.SerialNumber, input.TokenCode);
  const given = mergeTags([], input.Tags);
  const inherited = (own?.tags ?? []).filter(({ Key }) => own?.transitiveTagKeys.includes(Key) === true);
  const clash = given.find(({ Key }) => inherited.some((tag) => tag.Key.toLowerCase() === Key.toLowerCase()));
  if (clash !== undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const transitive = (input.TransitiveTagKeys ?? []).filter((key) => given.some(({ Key }) => Key === key));
  if (transitive.length !== (input.TransitiveTagKeys ?? []).length) {
    throw new AwsError(
      "InvalidParameterValue",
      "The specified transitive tag key must be included in the requested tags.",
    );
  }
  const sourceIdentity = sourceIdentityOf(input, own);
  for (const need of needsOf(identity, call, input, { role, given, sourceIdentity, mfaAt })) {
    const answer = identity.authorizer.authorize(call, need);
    if (!answer.allowed) throw accessDenied(answer.message);
  }
  if (role === undefined) throw accessDenied("Access denied");
  const durationSeconds = input.DurationSeconds ?? 3600;
  // A session that assumes a further role is bound to an hour: 'Role chaining' in the IAM User Guide.
  if (call.caller.kind === "role-session" && durationSeconds > chainedSecondsMax) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
  if (durationSeconds > role.maxSessionSeconds) {
    throw validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  const policies = readSessionPolicies(directory, role.accountId, input);
  return {
    accountId: role.accountId,
    of: { kind: "role" as const, roleName: role.name, roleId: role.id, sessionName: input.RoleSessionName ?? "" },
    policies: policies.texts,
    packedPercent: policies.packedPercent,
    tags: [...inherited, ...given],
    transitiveTagKeys: [...inherited.map(({ Key }) => Key), ...transitive],
    // A role's session knows of no MFA but for what a call to AssumeRole itself brought: 'MFA-protected API access'.
    mfaAt: undefined,
    sourceIdentity,
    durationSeconds,
  };
}

/** Once set, it stays through all further roles. IAM User Guide, 'Monitor and control actions taken with assumed roles'. */
function sourceIdentityOf(input: Input, own: Session | undefined): string | undefined {
  const { SourceIdentity: given } = input;
  if (given !== undefined && own?.sourceIdentity !== undefined && own.sourceIdentity !== given) {
    throw accessDenied("SourceIdentity cannot be changed from that of the calling session.");
  }
  return own?.sourceIdentity ?? given;
}

interface Wanted {
  readonly role: Role | undefined;
  readonly given: readonly Tag[];
  readonly sourceIdentity: string | undefined;
  readonly mfaAt: number | undefined;
}

/** A role that is not there is refused in the same words as one that does not trust the caller. */
function needsOf(identity: Identity, call: Call, input: Input, wanted: Wanted): readonly Need[] {
  const { role, given, sourceIdentity, mfaAt } = wanted;
  const resource = input.RoleArn ?? "";
  const shared = {
    resource,
    resourcePolicy: role === undefined ? nobody : currentTrust(role, identity.directory),
    ownerId: resource.split(":")[4] ?? call.accountId,
    context: {
      ...(input.ExternalId === undefined ? {} : { "sts:ExternalId": input.ExternalId }),
      "sts:RoleSessionName": input.RoleSessionName ?? "",
      ...(sourceIdentity === undefined ? {} : { "sts:SourceIdentity": sourceIdentity }),
      ...(mfaAt === undefined ? {} : { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0" }),
      ...(role === undefined
        ? {}
        : Object.fromEntries(role.tags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value]))),
      ...Object.fromEntries(given.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
      ...(given.length === 0 ? {} : { "aws:TagKeys": given.map(({ Key }) => Key) }),
      ...(input.TransitiveTagKeys === undefined ? {} : { "sts:TransitiveTagKeys": input.TransitiveTagKeys }),
    },
  };
  return [
    { ...shared, action: "sts:AssumeRole" },
    ...(given.length === 0 ? [] : [{ ...shared, action: "sts:TagSession" }]),
    ...(sourceIdentity === undefined ? [] : [{ ...shared, action: "sts:SetSourceIdentity" }]),
  ];
}

function checkInput(input: Input): void {
  const { RoleArn = "", RoleSessionName = "", ExternalId, SourceIdentity } = input;
  checkLength("roleArn", RoleArn, 20, 2048);
  checkLength("roleSessionName", RoleSessionName, 2, 64);
  checkForm("roleSessionName", RoleSessionName, /^[\w+=,.@-]*$/, "[\\w+=,.@-]*");
  if (!/^arn:aws:iam::\d{12}:role\/./s.test(RoleArn)) throw validationError(`${RoleArn} is invalid`);
  if (ExternalId !== undefined) {
    checkLength("externalId", ExternalId, 2, 1224);
    checkForm("externalId", ExternalId, /^[\w+=,.@:/-]*$/, "[\\w+=,.@:\\/-]*");
  }
  if (SourceIdentity !== undefined) {
    checkLength("sourceIdentity", SourceIdentity, 2, 64);
    checkForm("sourceIdentity", SourceIdentity, /^[\w+=,.@-]*$/, "[\\w+=,.@-]*");
    if (/^aws:/i.test(SourceIdentity)) throw validationError("SourceIdentity must not begin with aws:");
  }
  if (input.DurationSeconds !== undefined) checkRange("durationSeconds", input.DurationSeconds, 900, 43_200);
  if ((input.ProvidedContexts ?? []).length > 0) {
    throw new AwsError("NotImplemented", "The sandbox has no trusted context providers (ProvidedContexts)", 501);
  }
  if (input.MinimumSessionTokenSize !== undefined) {
    throw new AwsError("NotImplemented", "The sandbox does not make session tokens of a wanted size", 501);
  }
}

function checkForm(member: string, value: string, form: RegExp, written: string): void {
  if (!form.test(value)) throw constraintError(member, value, `satisfy regular expression pattern: ${written}`);
}
