import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { readFilters } from "./filters.ts";
import { readZone } from "./networks.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { printRequest } from "./record-shape.ts";
import { invalidValue, missingParameter, noSuchThing } from "./refusals.ts";
import { putTags, specifiedTags, tagContext, tagList, tagsOf } from "./tags.ts";
import { placeKey, regionKey, type Volume } from "./things.ts";

/** Performance by type where nothing else is said (EBS User Guide, "Volume types"), and sizes that are taken, in GiB. */
const volumeTypes = new Map<
  string,
  {
    readonly least: number;
    readonly most: number;
    readonly iops?: number;
    readonly throughput?: number;
    readonly needsIops?: boolean;
  }
>([
  ["gp2", { least: 1, most: 16_384 }],
  ["gp3", { least: 1, most: 16_384, iops: 3000, throughput: 125 }],
  ["io1", { least: 4, most: 16_384, needsIops: true }],
  ["io2", { least: 4, most: 65_536, needsIops: true }],
  ["sc1", { least: 125, most: 16_384 }],
  ["st1", { least: 125, most: 16_384 }],
  ["standard", { least: 1, most: 1024 }],
]);

export interface VolumeDraft {
  readonly zone: string;
  readonly sizeGib: number | undefined;
  readonly type: string | undefined;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly snapshotId: string | undefined;
  readonly snapshotSizeGib: number | undefined;
  readonly isEncrypted: boolean | undefined;
  readonly kmsKeyId: string | undefined;
  readonly attachment: Volume["attachment"];
}

export function findVolume({ things }: Ec2, call: Call, id: string | undefined): Volume {
  if (id === undefined) throw missingParameter("volumeId");
  const found = things.volumes.get(placeKey(call, id));
  if (found === undefined) throw noSuchThing("volume", id);
  return found;
}

/** Makes a volume of what was asked for and what goes without saying. */
export function makeVolume({ things, world }: Ec2, call: Call, draft: VolumeDraft): Volume {
  const type = draft.type ?? "gp2";
  const known = volumeTypes.get(type);
  if (known === undefined) throw invalidValue(`Value (${type.slice(0, 60)}) for parameter volumeType is invalid.`);
  const sizeGib = draft.sizeGib ?? draft.snapshotSizeGib;
  if (sizeGib === undefined) throw missingParameter("size/snapshot");
  if (sizeGib < Math.max(known.least, draft.snapshotSizeGib ?? 0) || sizeGib > known.most) {
    throw invalidValue(
      `Volume of ${sizeGib}GiB is not between ${known.least} and ${known.most} GiB, or smaller than its snapshot`,
    );
  }
  if (known.needsIops === true && draft.iops === undefined) throw missingParameter("iops");
  const isDefault = things.settings.get(placeKey(call))?.isEbsEncryptedByDefault === true;
  const volume: Volume = {
    id: `vol-0${world.random.hex(16)}`,
    zone: draft.zone,
    sizeGib,
    type,
    iops: draft.iops ?? known.iops ?? (type === "gp2" ? Math.min(Math.max(100, sizeGib * 3), 16_000) : undefined),
    throughput: draft.throughput ?? known.throughput,
    snapshotId: draft.snapshotId,
    isEncrypted: draft.isEncrypted === true || isDefault || draft.kmsKeyId !== undefined,
    kmsKeyId: draft.kmsKeyId,
    createdAt: call.at,
    attachment: draft.attachment,
  };
  things.volumes.put(placeKey(call, volume.id), volume);
  return volume;
}

export function volumeOperations(ec2: Ec2): Ec2Operations {
  const { things } = ec2;
  return {
    CreateVolume: ec2Operation(ec2, "CreateVolume", {
      honours: [
        "AvailabilityZone",
        "Size",
        "VolumeType",
        "Iops",
        "Throughput",
        "SnapshotId",
        "Encrypted",
        "KmsKeyId",
        "TagSpecifications",
        "ClientToken",
      ],
      needs: (input, call) => [
        need("CreateVolume", ec2Arn(call, "volume/*"), call, {
          context: { "ec2:Encrypted": String(input.Encrypted === true), ...tagContext(input.TagSpecifications) },
        }),
      ],
      record: (input) => ({
        ...(input.Size === undefined ? {} : { size: String(input.Size) }),
        ...(input.SnapshotId === undefined ? {} : { snapshotId: input.SnapshotId }),
        zone: input.AvailabilityZone ?? "",
        ...(input.VolumeType === undefined ? {} : { volumeType: input.VolumeType }),
        ...(input.Encrypted === undefined ? {} : { encrypted: input.Encrypted }),
        ...(input.KmsKeyId === undefined ? {} : { masterEncryptionKeyId: input.KmsKeyId }),
        ...(input.ClientToken === undefined ? {} : { clientToken: input.ClientToken }),
        ...printRequest({ TagSpecifications: input.TagSpecifications }),
      }),
      answer(input, call) {
        if (input.AvailabilityZone === undefined) throw missingParameter("zone");
        const snapshot =
          input.SnapshotId === undefined ? undefined : things.snapshots.get(regionKey(call.region, input.SnapshotId));
        if (input.SnapshotId !== undefined && snapshot === undefined) throw noSuchThing("snapshot", input.SnapshotId);
        if (
          snapshot !== undefined &&
          snapshot.ownerId !== call.accountId &&
          !snapshot.sharedWith.some((one) => one === "all" || one === call.accountId)
        ) {
          throw noSuchThing("snapshot", snapshot.id);
        }
        const known = repeated(ec2, call, input.ClientToken, input);
        const volume =
          known ??
          makeVolume(ec2, call, {
            zone: readZone(call, input.AvailabilityZone),
            sizeGib: input.Size,
            type: input.VolumeType,
            iops: input.Iops,
            throughput: input.Throughput,
            snapshotId: input.SnapshotId,
            snapshotSizeGib: snapshot?.sizeGib,
            isEncrypted: input.Encrypted === true || snapshot?.isEncrypted === true,
            kmsKeyId: input.KmsKeyId ?? snapshot?.kmsKeyId,
            attachment: undefined,
          });
        if (known === undefined) {
          putTags(ec2, call, volume.id, specifiedTags(input.TagSpecifications, "volume"));
          rememberToken(ec2, call, input.ClientToken, input, volume.id);
        }
        return { ...describeVolume(ec2, call, volume), State: "creating" as const };
      },
    }),
    DeleteVolume: ec2Operation(ec2, "DeleteVolume", {
      honours: ["VolumeId"],
      needs: (input, call) => [
        need("DeleteVolume", ec2Arn(call, `volume/${input.VolumeId}`), call, {
          tags: tagsOf(ec2, call, input.VolumeId ?? ""),
        }),
      ],
      record: (input) => ({ volumeId: input.VolumeId ?? "", reportVolumeFailure: false }),
      answer(input, call) {
        const volume = findVolume(ec2, call, input.VolumeId);
        if (volume.attachment !== undefined) {
          throw new AwsError(
            "VolumeInUse",
            `Volume ${volume.id} is currently attached to ${volume.attachment.instanceId}`,
          );
        }
        things.volumes.delete(placeKey(call, volume.id));
        things.tags.delete(placeKey(call, volume.id));
        return {};
      },
    }),
    DescribeVolumes: ec2Operation(ec2, "DescribeVolumes", {
      honours: ["VolumeIds", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        for (const id of input.VolumeIds ?? []) findVolume(ec2, call, id);
        const passes = readFilters<Volume>(
          input.Filters,
          {
            "attachment.instance-id": ({ attachment }) => [attachment?.instanceId],
            "attachment.device": ({ attachment }) => [attachment?.device],
            "availability-zone": ({ zone }) => [zone],
            encrypted: ({ isEncrypted }) => [String(isEncrypted)],
            size: ({ sizeGib }) => [String(sizeGib)],
            "snapshot-id": ({ snapshotId }) => [snapshotId],
            status: ({ attachment }) => [attachment === undefined ? "available" : "in-use"],
            "volume-id": ({ id }) => [id],
            "volume-type": ({ type }) => [type],
          },
          ({ id }) => tagsOf(ec2, call, id),
        );
        const found = [...things.volumes.values(placeKey(call))].filter(
          (volume) => (input.VolumeIds?.includes(volume.id) ?? true) && passes(volume),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids: input.VolumeIds });
        return { Volumes: page.map((volume) => describeVolume(ec2, call, volume)), ...next };
      },
    }),
  };
}

function describeVolume(
  ec2: Ec2,
  call: Call,
  volume: Volume,
): NonNullable<OutputOf<"ec2", "DescribeVolumes">["Volumes"]>[number] {
  const { attachment } = volume;
  return {
    VolumeId: volume.id,
    Size: volume.sizeGib,
    VolumeType: volume.type as "gp3",
    ...(volume.iops === undefined ? {} : { Iops: volume.iops }),
    ...(volume.throughput === undefined ? {} : { Throughput: volume.throughput }),
    SnapshotId: volume.snapshotId ?? "",
    AvailabilityZone: volume.zone,
    State: attachment === undefined ? "available" : "in-use",
    CreateTime: new Date(volume.createdAt),
    Encrypted: volume.isEncrypted,
    ...(volume.kmsKeyId === undefined ? {} : { KmsKeyId: volume.kmsKeyId }),
    MultiAttachEnabled: false,
    Attachments:
      attachment === undefined
        ? []
        : [
            {
              VolumeId: volume.id,
              InstanceId: attachment.instanceId,
              Device: attachment.device,
              State: "attached",
              AttachTime: new Date(attachment.at),
              DeleteOnTermination: attachment.isDeletedWithIt,
            },
          ],
    Tags: tagList(tagsOf(ec2, call, volume.id)),
  };
}

function repeated(ec2: Ec2, call: Call, token: string | undefined, input: object): Volume | undefined {
  const known = token === undefined ? undefined : ec2.things.clientTokens.get(placeKey(call, `volume/${token}`));
  if (known === undefined) return undefined;
  if (known.request !== JSON.stringify(input)) {
    throw new AwsError("IdempotentParameterMismatch", "The client token was used before with other parameters");
  }
  return ec2.things.volumes.get(placeKey(call, known.reservationId));
}

function rememberToken(ec2: Ec2, call: Call, token: string | undefined, input: object, volumeId: string): void {
  if (token === undefined) return;
  ec2.things.clientTokens.put(placeKey(call, `volume/${token}`), {
    reservationId: volumeId,
    request: JSON.stringify(input),
  });
}
