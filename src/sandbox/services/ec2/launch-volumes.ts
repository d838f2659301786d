import { type InputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { type Image } from "./images.ts";
import { type Ec2, refuseOthers } from "./operation.ts";
import { invalidValue, missingParameter } from "./refusals.ts";
import { type Instance } from "./things.ts";
import { makeVolume } from "./volumes.ts";

type Run = InputOf<"ec2", "RunInstances">;

/** The volumes that an instance begins with: its root, and what else is asked for. */
export function makeVolumes(
  ec2: Ec2,
  input: Run,
  call: Call,
  image: Image,
  instanceId: string,
  zone: string,
): Instance["volumes"] {
  const given = input.BlockDeviceMappings ?? [];
  for (const mapping of given) {
    refuseOthers(mapping, ["DeviceName", "Ebs"], "BlockDeviceMappings.");
    refuseOthers(
      mapping.Ebs ?? {},
      ["VolumeSize", "VolumeType", "DeleteOnTermination", "Encrypted", "KmsKeyId", "Iops", "Throughput"],
      "BlockDeviceMappings.Ebs.",
    );
    if (mapping.DeviceName === undefined) throw missingParameter("deviceName");
  }
  const root = given.find(({ DeviceName }) => DeviceName === image.rootDevice) ?? { DeviceName: image.rootDevice };
  const more = given.filter((mapping) => mapping !== root);
  if (more.length > 26) throw invalidValue("An instance has at most 27 volumes here");
  return [root, ...more].map((mapping, index) => {
    const [device, ebs] = [mapping.DeviceName ?? "", "Ebs" in mapping ? (mapping.Ebs ?? {}) : {}];
    const isDeletedWithIt = ebs.DeleteOnTermination ?? true;
    const volume = makeVolume(ec2, call, {
      zone,
      sizeGib: ebs.VolumeSize,
      type: ebs.VolumeType ?? "gp3",
      iops: ebs.Iops,
      throughput: ebs.Throughput,
      snapshotId: index === 0 ? image.snapshotId : undefined,
      snapshotSizeGib: index === 0 ? image.sizeGib : undefined,
      isEncrypted: ebs.Encrypted,
      kmsKeyId: ebs.KmsKeyId,
      attachment: { instanceId, device, at: call.at, isDeletedWithIt },
    });
    return { device, volumeId: volume.id, isDeletedWithIt };
  });
}
