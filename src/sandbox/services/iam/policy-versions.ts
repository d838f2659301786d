import { type OutputOf } from "../../../aws/index.ts";
import { type ManagedPolicy, type PolicyVersion } from "../../identity/things.ts";
import { checkDocument, sizeLimits, sizeOf } from "./documents.ts";
import { deleteConflict, limitExceeded, noSuchEntity, quotaExceeded } from "./errors.ts";
import { findOwnPolicy, findPolicy } from "./find-policy.ts";
import { dateOf, encodeDocument, type Iam, type IamOperations, needOn } from "./iam.ts";
import { pageOf } from "./paging.ts";
import { constraintError } from "./validation.ts";

type VersionShape = NonNullable<OutputOf<"iam", "GetPolicyVersion">["PolicyVersion"]>;

const versionsMax = 5;

/** Versions of managed policies, one of which is in force. */
export function policyVersionOperations(iam: Iam): IamOperations {
  const { directory } = iam;
  return {
    CreatePolicyVersion: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer(input, call) {
        const policy = findOwnPolicy(iam, call, input.PolicyArn);
        const document = input.PolicyDocument ?? "";
        checkDocument(document);
        if (sizeOf(document) > sizeLimits.managed) throw quotaExceeded("PolicySize", sizeLimits.managed);
        if (policy.versions.length >= versionsMax) {
          throw limitExceeded(
            "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
          );
        }
        const version: PolicyVersion = { id: `v${policy.nextVersion}`, document, createdAt: call.at };
        const changed: ManagedPolicy = {
          ...policy,
          updatedAt: call.at,
          versions: [...policy.versions, version],
          nextVersion: policy.nextVersion + 1,
          defaultVersionId: input.SetAsDefault === true ? version.id : policy.defaultVersionId,
        };
        directory.policies.put(changed);
        return { PolicyVersion: versionShape(changed, version) };
      },
    },
    GetPolicyVersion: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer({ PolicyArn, VersionId }, call) {
        const policy = findPolicy(iam, call.accountId, PolicyArn);
        const version = findVersion(policy, VersionId);
        return {
          PolicyVersion: { ...versionShape(policy, version), Document: encodeDocument(version.document) },
        };
      },
    },
    ListPolicyVersions: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer(input, call) {
        const policy = findPolicy(iam, call.accountId, input.PolicyArn);
        // The newest first: fewer than a thousand million versions keep this order.
        const order = (version: PolicyVersion) => String(1e9 - Number(version.id.slice(1))).padStart(10, "0");
        const { items, ...page } = pageOf(policy.versions, input, order);
        return { Versions: items.map((version) => versionShape(policy, version)), ...page };
      },
    },
    SetDefaultPolicyVersion: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer({ PolicyArn, VersionId }, call) {
        const policy = findOwnPolicy(iam, call, PolicyArn);
        const { id } = findVersion(policy, VersionId);
        directory.policies.put({ ...policy, defaultVersionId: id, updatedAt: call.at });
        return {};
      },
    },
    DeletePolicyVersion: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer({ PolicyArn, VersionId }, call) {
        const policy = findOwnPolicy(iam, call, PolicyArn);
        const { id } = findVersion(policy, VersionId);
        if (id === policy.defaultVersionId) throw deleteConflict("Cannot delete the default version of a policy.");
        directory.policies.put({
          ...policy,
          updatedAt: call.at,
          versions: policy.versions.filter((version) => version.id !== id),
        });
        return {};
      },
    },
  };
}

function findVersion(policy: ManagedPolicy, id: string | undefined): PolicyVersion {
  const given = id ?? "";
  if (!/^v[1-9][0-9]*(?:\.[A-Za-z0-9-]*)?$/.test(given)) {
    throw constraintError("versionId", given, "satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
  }
  const version = policy.versions.find((candidate) => candidate.id === given);
  if (version === undefined) {
    throw noSuchEntity(`Policy ${policy.arn} version ${given} does not exist or is not attachable.`);
  }
  return version;
}

function versionShape(policy: ManagedPolicy, version: PolicyVersion): VersionShape {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: dateOf(version.createdAt),
  };
}
