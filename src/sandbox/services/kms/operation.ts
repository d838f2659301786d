import { type InputOf, type OperationName, type OutputOf } from "../../../aws/index.ts";
import { type Call, type Need, type Operation } from "../../service.ts";
import { findKey } from "./keys/find-key.ts";
import { keyArn, type KmsKey } from "./keys/key.ts";
import { type KmsState } from "./kms-state.ts";
import { type KmsOutlets } from "./outlets.ts";
import { recordedParameters } from "./recorded-parameters.ts";

/** What every operation of KMS works with. */
export interface Kms {
  readonly state: KmsState;
  readonly outlets: KmsOutlets;
}

export type KmsOperation<Name extends OperationName<"kms">> = Operation<InputOf<"kms", Name>, OutputOf<"kms", Name>>;

/** Operations that only read, by CloudTrail's `readOnly` of real records. */
const readOnly = /^(?:Describe|Get|List|Encrypt|Decrypt|ReEncrypt|GenerateDataKey|GenerateMac|Sign|Verify)/;

/**
 * An operation on a key: finds it, and says what the record shall show. Records of failed calls have no parameters, as
 * real ones; none ever has plaintext, ciphertext or a signature.
 */
export function onKey<Name extends OperationName<"kms">>(
  kms: Kms,
  name: Name,
  operation: {
    /** The key's name in the request; `KeyId` where not given. */
    keyName?(input: InputOf<"kms", Name>, call: Call): string | undefined;
    needs(input: InputOf<"kms", Name>, key: KmsKey, call: Call): readonly Need[];
    answer(
      input: InputOf<"kms", Name>,
      key: KmsKey,
      call: Call,
    ): OutputOf<"kms", Name> | Promise<OutputOf<"kms", Name>>;
  },
): KmsOperation<Name> {
  const find = (input: InputOf<"kms", Name>, call: Call) => {
    const named = input as { readonly KeyId?: string | undefined };
    return findKey(kms.state, call, operation.keyName === undefined ? named.KeyId : operation.keyName(input, call));
  };
  return {
    needs(input, call) {
      call.note({ requestParameters: null, responseElements: null, isReadOnly: readOnly.test(name) });
      const key = find(input, call);
      call.note({
        resources: [{ accountId: key.accountId, type: "AWS::KMS::Key", ARN: keyArn(key) }],
        recipients: recipientsOf(call, key),
      });
      return operation.needs(input, key, call);
    },
    async answer(input, call) {
      const output = await operation.answer(input, find(input, call), call);
      call.note({ requestParameters: recordedParameters(name, input as object) });
      return output;
    },
  };
}

/** KMS Developer Guide, 'Logging AWS KMS API calls': the key's account is told of what others do with it. */
function recipientsOf({ caller }: Call, { accountId }: KmsKey): readonly string[] {
  return caller.kind === "service" || caller.accountId === accountId ? [accountId] : [caller.accountId, accountId];
}
