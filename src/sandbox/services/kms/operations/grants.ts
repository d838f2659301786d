import { AwsError, type InputOf, type OutputOf } from "../../../../aws/index.ts";
import { type Call } from "../../../service.ts";
import { notFound, unsupported, validation } from "../errors.ts";
import { keyArn, type KmsGrant, type KmsKey } from "../keys/key.ts";
import { keyNeed } from "../keys/key-need.ts";
import { checkNotPending, checkUsable } from "../keys/use-key.ts";
import { type Kms, type KmsOperation, onKey } from "../operation.ts";
import { pageOf } from "../page.ts";
import { recordedParameters } from "../recorded-parameters.ts";
import { checkDryRun } from "./encrypt.ts";

/** What a grant may give. API Reference, CreateGrant. */
const grantable = new Set([
  "CreateGrant",
  "Decrypt",
  "DescribeKey",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateMac",
  "GetPublicKey",
  "ReEncryptFrom",
  "ReEncryptTo",
  "RetireGrant",
  "Sign",
  "Verify",
  "VerifyMac",
]);

export function createGrant(kms: Kms): KmsOperation<"CreateGrant"> {
  return onKey(kms, "CreateGrant", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:CreateGrant", {
        "kms:GrantOperations": input.Operations ?? [],
        "kms:GranteePrincipal": input.GranteePrincipal ?? "",
        ...(input.RetiringPrincipal === undefined ? {} : { "kms:RetiringPrincipal": input.RetiringPrincipal }),
        "kms:GrantIsForAWSResource": String(call.caller.kind === "service"),
      }),
    ],
    answer(input, key, call) {
      checkNotPending(key);
      checkUsable(key, key.usage, call.operation);
      const grant = readGrant(kms, key, input, call);
      checkDryRun(input.DryRun);
      const same = sameGrant(kms, grant);
      const kept = same ?? grant;
      if (same === undefined) kms.state.putGrant(grant);
      call.note({ responseElements: { grantId: kept.grantId, keyId: keyArn(key) } });
      return { GrantId: kept.grantId, GrantToken: tokenOf(key, kept) };
    },
  });
}

function readGrant(kms: Kms, key: KmsKey, input: InputOf<"kms", "CreateGrant">, call: Call): KmsGrant {
  if (input.GranteeServicePrincipal !== undefined || input.RetiringServicePrincipal !== undefined) {
    throw unsupported("A grant to a service");
  }
  const { GranteePrincipal: grantee = "", RetiringPrincipal: retiring, Operations: operations = [] } = input;
  checkPrincipal(kms, grantee);
  if (retiring !== undefined) checkPrincipal(kms, retiring);
  if (operations.length === 0) throw validation("Operations must not be empty");
  const refused = operations.find((operation) => !grantable.has(operation));
  if (refused !== undefined) throw unsupported(`A grant of ${refused}`);
  if (input.Constraints?.SourceArn !== undefined) throw unsupported("A grant bound to a source ARN");
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = input.Constraints ?? {};
  if (equals !== undefined && subset !== undefined)
    throw validation("Only one constraint on the encryption context is allowed");
  if ((equals ?? subset) !== undefined && key.spec !== "SYMMETRIC_DEFAULT") {
    throw validation("Encryption context constraints are for symmetric keys only");
  }
  if (kms.state.grants(key.keyId).length >= 50_000) throw new AwsError("LimitExceededException", "Too many grants");
  return {
    grantId: kms.state.world.random.hex(64),
    keyId: key.keyId,
    createdAt: call.at,
    issuingAccount: `arn:aws:iam::${call.accountId}:root`,
    grantee,
    operations: [...new Set(operations)],
    ...(input.Name === undefined ? {} : { name: input.Name }),
    ...(retiring === undefined ? {} : { retiring }),
    ...(equals === undefined ? {} : { contextEquals: equals }),
    ...(subset === undefined ? {} : { contextSubset: subset }),
  };
}

function checkPrincipal(kms: Kms, arn: string): void {
  const isArn =
    /^arn:aws:(?:iam::\d{12}:(?:root|(?:user|role)\/[^*?]+)|sts::\d{12}:(?:assumed-role|federated-user)\/[^*?]+)$/s;
  if (!isArn.test(arn) || arn.length > 256 || !kms.outlets.knowsPrincipal(arn)) {
    throw new AwsError("InvalidArnException", `ARN ${arn.slice(0, 256)} is not valid`);
  }
}

/** A grant with a name that is asked for again is not made again. API Reference, CreateGrant, Name. */
function sameGrant(kms: Kms, grant: KmsGrant): KmsGrant | undefined {
  const essence = ({ grantId: _id, createdAt: _at, ...rest }: KmsGrant) => JSON.stringify(rest);
  if (grant.name === undefined) return undefined;
  return kms.state.grants(grant.keyId).find((other) => essence(other) === essence(grant));
}

export function listGrants(kms: Kms): KmsOperation<"ListGrants"> {
  return onKey(kms, "ListGrants", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:ListGrants")],
    answer(input, key) {
      if (input.GranteeServicePrincipal !== undefined) throw unsupported("A grant to a service");
      const grants = kms.state
        .grants(key.keyId)
        .filter(
          ({ grantId, grantee }) =>
            (input.GrantId === undefined || grantId === input.GrantId) &&
            (input.GranteePrincipal === undefined || grantee === input.GranteePrincipal),
        );
      const { page, about } = pageOf(grants, { ...input, Limit: input.Limit ?? 50 }, 100);
      return { Grants: page.map((grant) => printGrant(key, grant)), ...about };
    },
  });
}

export function listRetirableGrants(kms: Kms): KmsOperation<"ListRetirableGrants"> {
  return {
    needs: () => [{ action: "kms:ListRetirableGrants", resource: "*" }],
    answer(input, call) {
      const found = [...kms.state.allGrants()].flatMap((grant) => {
        const key = kms.state.key(call.region, grant.keyId);
        return key !== undefined && grant.retiring === input.RetiringPrincipal ? [printGrant(key, grant)] : [];
      });
      const { page, about } = pageOf(found, { ...input, Limit: input.Limit ?? 50 }, 100);
      return { Grants: page, ...about };
    },
  };
}

export function revokeGrant(kms: Kms): KmsOperation<"RevokeGrant"> {
  return onKey(kms, "RevokeGrant", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:RevokeGrant")],
    answer(input, key) {
      const grant = findGrant(kms, key, input.GrantId);
      checkDryRun(input.DryRun);
      kms.state.removeGrant(grant);
      return {};
    },
  });
}

/** By the token, or by key and id; for whom the grant names, or who may do it by policy. API Reference, RetireGrant. */
export function retireGrant(kms: Kms): KmsOperation<"RetireGrant"> {
  return {
    needs(input, call) {
      call.note({ requestParameters: null, responseElements: null, isReadOnly: false });
      const { key, grant } = findRetired(kms, input, call);
      call.note({ resources: [{ accountId: key.accountId, type: "AWS::KMS::Key", ARN: keyArn(key) }] });
      const { caller } = call;
      const isNamed = grant.retiring === caller.principalArn || grant.retiring === caller.arn;
      const isGrantee = grant.grantee === caller.principalArn && grant.operations.includes("RetireGrant");
      return isNamed || isGrantee ? [] : [keyNeed(kms.state, key, call, "kms:RetireGrant")];
    },
    answer(input, call) {
      const { grant } = findRetired(kms, input, call);
      checkDryRun(input.DryRun);
      kms.state.removeGrant(grant);
      call.note({ requestParameters: recordedParameters("RetireGrant", input) });
      return {};
    },
  };
}

function findRetired(
  kms: Kms,
  input: InputOf<"kms", "RetireGrant">,
  call: Call,
): { readonly key: KmsKey; readonly grant: KmsGrant } {
  const [arn, grantId] = input.GrantToken === undefined ? [input.KeyId, input.GrantId] : readToken(input.GrantToken);
  const keyId = arn?.split("/").at(-1) ?? "";
  const key = kms.state.key(call.region, keyId);
  if (key === undefined) throw notFound(`Key '${arn ?? ""}' does not exist`);
  return { key, grant: findGrant(kms, key, grantId) };
}

function findGrant(kms: Kms, key: KmsKey, grantId = ""): KmsGrant {
  const grant = kms.state.grant(key.keyId, grantId);
  if (grant === undefined) throw notFound(`Grant ID ${grantId.slice(0, 128)} not found`);
  return grant;
}

function tokenOf(key: KmsKey, { grantId }: KmsGrant): string {
  return Buffer.from(JSON.stringify([keyArn(key), grantId])).toString("base64");
}

function readToken(token: string): readonly [string | undefined, string | undefined] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, "base64").toString("utf8"));
    const [arn, grantId] = Array.isArray(value) ? (value as unknown[]) : [];
    if (typeof arn === "string" && typeof grantId === "string") return [arn, grantId];
  } catch {
    // Said below.
  }
  throw new AwsError("InvalidGrantTokenException", "The grant token is not valid");
}

type GrantEntry = NonNullable<OutputOf<"kms", "ListGrants">["Grants"]>[number];

function printGrant(key: KmsKey, grant: KmsGrant): GrantEntry {
  const { contextEquals: equals, contextSubset: subset } = grant;
  return {
    KeyId: keyArn(key),
    GrantId: grant.grantId,
    Name: grant.name ?? "",
    CreationDate: new Date(grant.createdAt),
    GranteePrincipal: grant.grantee,
    ...(grant.retiring === undefined ? {} : { RetiringPrincipal: grant.retiring }),
    IssuingAccount: grant.issuingAccount,
    Operations: grant.operations as NonNullable<GrantEntry["Operations"]>,
    ...(equals === undefined && subset === undefined
      ? {}
      : {
          Constraints: {
            ...(equals === undefined ? {} : { EncryptionContextEquals: equals }),
            ...(subset === undefined ? {} : { EncryptionContextSubset: subset }),
          },
        }),
  };
}
