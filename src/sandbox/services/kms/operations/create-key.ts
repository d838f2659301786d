import { type InputOf } from "../../../../aws/index.ts";
import { type Call } from "../../../service.ts";
import { invalidUsage, unsupported, validation } from "../errors.ts";
import { usagesOf } from "../keys/algorithms.ts";
import { checkKeyPolicy } from "../keys/check-policy.ts";
import { defaultKeyPolicy } from "../keys/default-policies.ts";
import { keyArn, keySpecs, type KeySpec, type KeyUsage, type KmsKey } from "../keys/key.ts";
import { makeMaterial, nextKeyId } from "../keys/make-key.ts";
import { printKey } from "../keys/print-key.ts";
import { readTags } from "../keys/tags.ts";
import { type Kms, type KmsOperation } from "../operation.ts";

export function createKey(kms: Kms): KmsOperation<"CreateKey"> {
  return {
    needs(input) {
      const tags = input.Tags ?? [];
      const context = {
        "kms:KeySpec": input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT",
        "kms:KeyUsage": input.KeyUsage ?? "ENCRYPT_DECRYPT",
        "kms:KeyOrigin": input.Origin ?? "AWS_KMS",
        "kms:MultiRegion": String(input.MultiRegion ?? false),
        "kms:BypassPolicyLockoutSafetyCheck": String(input.BypassPolicyLockoutSafetyCheck ?? false),
        ...(tags.length === 0 ? {} : { "aws:TagKeys": tags.map(({ TagKey = "" }) => TagKey) }),
        ...Object.fromEntries(tags.map(({ TagKey = "", TagValue = "" }) => [`aws:RequestTag/${TagKey}`, TagValue])),
      };
      const actions = tags.length === 0 ? ["kms:CreateKey"] : ["kms:CreateKey", "kms:TagResource"];
      return actions.map((action) => ({ action, resource: "*", context }));
    },
    async answer(input, call) {
      const key = await readNewKey(kms, input, call);
      await checkKeyPolicy(kms, key, call, input.BypassPolicyLockoutSafetyCheck === true);
      kms.state.putKey(key);
      call.note({ resources: [{ accountId: key.accountId, type: "AWS::KMS::Key", ARN: keyArn(key) }] });
      return { KeyMetadata: printKey(key) };
    },
  };
}

const descriptionLengthMax = 8192;

async function readNewKey(kms: Kms, input: InputOf<"kms", "CreateKey">, call: Call): Promise<KmsKey> {
  if (input.MultiRegion === true) throw unsupported("A multi-Region key");
  if (input.Origin !== undefined && input.Origin !== "AWS_KMS")
    throw unsupported(`Key material of origin ${input.Origin}`);
  if (input.CustomKeyStoreId !== undefined || input.XksKeyId !== undefined) throw unsupported("A custom key store");
  const { Description: description = "" } = input;
  if (description.length > descriptionLengthMax) throw validation("The description is longer than 8192 characters");
  const { spec, usage } = readSpec(input);
  const policy = input.Policy ?? defaultKeyPolicy(call.accountId);
  return {
    ...(await makeMaterial(kms.state, spec, call.at)),
    keyId: nextKeyId(kms.state, call.region),
    accountId: call.accountId,
    region: call.region,
    createdAt: call.at,
    description,
    usage,
    spec,
    manager: "CUSTOMER",
    isEnabled: true,
    policy,
    tags: readTags(input.Tags ?? []),
  };
}

function readSpec(input: InputOf<"kms", "CreateKey">): { readonly spec: KeySpec; readonly usage: KeyUsage } {
  const name = input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
  const spec = keySpecs.find((known) => known === name);
  if (spec === undefined) throw unsupported(`A key of spec ${name}`);
  if (input.KeyUsage === "KEY_AGREEMENT") throw unsupported("Key agreement");
  // API Reference, CreateKey: to leave the usage out is for symmetric encryption keys only.
  const usage = input.KeyUsage ?? "ENCRYPT_DECRYPT";
  const known = usagesOf(spec).find((possible) => possible === usage);
  if (known !== undefined) return { spec, usage: known };
  throw input.KeyUsage === undefined
    ? validation(`You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.`)
    : invalidUsage(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
}
