import { AwsError } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { findInstance } from "./instance-states.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { tagsOf } from "./tags.ts";
import { placeKey } from "./things.ts";

/** What holds for all of an account in a region, and what instances do not tell here. */
export function accountSettingOperations(ec2: Ec2): Ec2Operations {
  const { things } = ec2;
  function setEncryption(call: Call, isEbsEncryptedByDefault: boolean) {
    things.settings.put(placeKey(call), { hasDefaults: true, isEbsEncryptedByDefault });
    return { EbsEncryptionByDefault: isEbsEncryptedByDefault };
  }
  const instanceNeeds = (operation: string) => (input: { readonly InstanceId: string | undefined }, call: Call) => [
    need(operation, ec2Arn(call, `instance/${input.InstanceId}`), call, {
      tags: tagsOf(ec2, call, input.InstanceId ?? ""),
    }),
  ];
  return {
    GetEbsEncryptionByDefault: ec2Operation(ec2, "GetEbsEncryptionByDefault", {
      honours: [],
      answer: (_, call) => ({
        EbsEncryptionByDefault: things.settings.get(placeKey(call))?.isEbsEncryptedByDefault === true,
      }),
    }),
    EnableEbsEncryptionByDefault: ec2Operation(ec2, "EnableEbsEncryptionByDefault", {
      honours: [],
      answer: (_, call) => setEncryption(call, true),
    }),
    DisableEbsEncryptionByDefault: ec2Operation(ec2, "DisableEbsEncryptionByDefault", {
      honours: [],
      answer: (_, call) => setEncryption(call, false),
    }),
    GetConsoleOutput: ec2Operation(ec2, "GetConsoleOutput", {
      honours: ["InstanceId", "Latest"],
      needs: instanceNeeds("GetConsoleOutput"),
      answer(input, call) {
        const { id } = findInstance(ec2, call, input.InstanceId);
        throw new AwsError(
          "UnsupportedOperation",
          `No machine runs behind the made-up instance ${id}: it has no console output`,
        );
      },
    }),
    GetPasswordData: ec2Operation(ec2, "GetPasswordData", {
      honours: ["InstanceId"],
      needs: instanceNeeds("GetPasswordData"),
      answer(input, call) {
        const { id } = findInstance(ec2, call, input.InstanceId);
        throw new AwsError(
          "UnsupportedOperation",
          `No machine runs behind the made-up instance ${id}: it has no password`,
        );
      },
    }),
  };
}
