import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { readFilters } from "./filters.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { invalidCombination, invalidValue, missingParameter, noSuchThing } from "./refusals.ts";
import { putTags, specifiedTags, tagContext, tagList, tagsOf } from "./tags.ts";
import { placeKey, regionKey, type Snapshot } from "./things.ts";
import { findVolume } from "./volumes.ts";

/** How long a snapshot takes here. */
const takesMilliseconds = 30_000;

/** EC2 quotas: accounts that a snapshot can be shared with. */
const sharedWithMax = 1000;

export function snapshotOperations(ec2: Ec2): Ec2Operations {
  const { things, world } = ec2;
  // The ARN of a snapshot names no account (Service Authorization Reference, EC2).
  const arn = (call: Call, id: string | undefined) => ec2Arn(call, `snapshot/${id ?? "*"}`, "");
  const needsFor = (operation: string) => (input: { readonly SnapshotId?: string | undefined }, call: Call) => [
    need(operation, arn(call, input.SnapshotId), call, { tags: tagsOf(ec2, call, input.SnapshotId ?? "") }),
  ];
  return {
    CreateSnapshot: ec2Operation(ec2, "CreateSnapshot", {
      honours: ["VolumeId", "Description", "TagSpecifications"],
      needs: (input, call) => [
        need("CreateSnapshot", arn(call, "*"), call, { context: tagContext(input.TagSpecifications) }),
        need("CreateSnapshot", ec2Arn(call, `volume/${input.VolumeId}`), call, {
          tags: tagsOf(ec2, call, input.VolumeId ?? ""),
        }),
      ],
      answer(input, call) {
        const volume = findVolume(ec2, call, input.VolumeId);
        const snapshot: Snapshot = {
          id: `snap-0${world.random.hex(16)}`,
          ownerId: call.accountId,
          volumeId: volume.id,
          sizeGib: volume.sizeGib,
          description: input.Description ?? "",
          isEncrypted: volume.isEncrypted,
          kmsKeyId: volume.kmsKeyId,
          startedAt: call.at,
          sharedWith: [],
        };
        const tags = specifiedTags(input.TagSpecifications, "snapshot");
        things.snapshots.put(regionKey(call.region, snapshot.id), snapshot);
        putTags(ec2, call, snapshot.id, tags);
        return describe(snapshot, call);
      },
    }),
    DeleteSnapshot: ec2Operation(ec2, "DeleteSnapshot", {
      honours: ["SnapshotId"],
      needs: needsFor("DeleteSnapshot"),
      record: (input) => ({ snapshotId: input.SnapshotId ?? "", force: false }),
      answer(input, call) {
        const snapshot = own(call, input.SnapshotId);
        things.snapshots.delete(regionKey(call.region, snapshot.id));
        things.tags.delete(placeKey(call, snapshot.id));
        return {};
      },
    }),
    DescribeSnapshots: ec2Operation(ec2, "DescribeSnapshots", {
      honours: ["SnapshotIds", "OwnerIds", "RestorableByUserIds", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        const { SnapshotIds, OwnerIds, RestorableByUserIds } = input;
        for (const id of SnapshotIds ?? []) {
          const found = things.snapshots.get(regionKey(call.region, id));
          if (found === undefined || !maySee(found, call.accountId)) throw noSuchThing("snapshot", id);
        }
        const owners = OwnerIds?.map((owner) => (owner === "self" ? call.accountId : owner));
        const restorers = RestorableByUserIds?.map((user) => (user === "self" ? call.accountId : user));
        const passes = readFilters<Snapshot>(
          input.Filters,
          {
            description: ({ description }) => [description],
            encrypted: ({ isEncrypted }) => [String(isEncrypted)],
            "owner-id": ({ ownerId }) => [ownerId],
            "snapshot-id": ({ id }) => [id],
            status: (snapshot) => [stateOf(snapshot, call.at)],
            "volume-id": ({ volumeId }) => [volumeId],
            "volume-size": ({ sizeGib }) => [String(sizeGib)],
          },
          ({ id }) => tagsOf(ec2, call, id),
        );
        const found = [...things.snapshots.values(regionKey(call.region))].filter(
          (snapshot) =>
            maySee(snapshot, call.accountId) &&
            (SnapshotIds?.includes(snapshot.id) ?? true) &&
            (owners?.includes(snapshot.ownerId) ?? true) &&
            (restorers?.some((user) => snapshot.sharedWith.includes(user)) ?? true) &&
            passes(snapshot),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids: SnapshotIds });
        return { Snapshots: page.map((snapshot) => describe(snapshot, call)), ...next };
      },
    }),
    DescribeSnapshotAttribute: ec2Operation(ec2, "DescribeSnapshotAttribute", {
      honours: ["SnapshotId", "Attribute"],
      needs: needsFor("DescribeSnapshotAttribute"),
      record: (input) => ({ snapshotId: input.SnapshotId ?? "", attributeType: attributeType(input.Attribute) }),
      answer(input, call) {
        const snapshot = own(call, input.SnapshotId);
        if (input.Attribute === "productCodes") return { SnapshotId: snapshot.id, ProductCodes: [] };
        if (input.Attribute !== "createVolumePermission") throw invalidValue("Unknown attribute of a snapshot");
        const CreateVolumePermissions = snapshot.sharedWith.map((one) =>
          one === "all" ? { Group: "all" as const } : { UserId: one },
        );
        return { SnapshotId: snapshot.id, CreateVolumePermissions };
      },
    }),
    ModifySnapshotAttribute: ec2Operation(ec2, "ModifySnapshotAttribute", {
      honours: ["SnapshotId", "Attribute", "CreateVolumePermission", "OperationType", "UserIds", "GroupNames"],
      needs: needsFor("ModifySnapshotAttribute"),
      record(input) {
        const { add, remove } = readChange(input);
        const printed = (shares: readonly string[]) => ({
          items: shares.map((one) => (one === "all" ? { group: "all" } : { userId: one })),
        });
        return {
          snapshotId: input.SnapshotId ?? "",
          createVolumePermission: {
            ...(add.length === 0 ? {} : { add: printed(add) }),
            ...(remove.length === 0 ? {} : { remove: printed(remove) }),
          },
          attributeType: "CREATE_VOLUME_PERMISSION",
        };
      },
      answer(input, call) {
        const snapshot = own(call, input.SnapshotId);
        if (input.Attribute !== undefined && input.Attribute !== "createVolumePermission") {
          throw invalidValue("Only createVolumePermission of a snapshot can be modified");
        }
        const { add, remove } = readChange(input);
        if (add.length + remove.length === 0) throw missingParameter("createVolumePermission");
        for (const share of [...add, ...remove]) {
          if (share !== "all" && !/^\d{12}$/.test(share))
            throw new AwsError("InvalidUserID.Malformed", `Invalid user id: "${share.slice(0, 60)}"`);
        }
        // EBS User Guide, "Share a snapshot": encrypted snapshots cannot be made public.
        if (add.includes("all") && snapshot.isEncrypted) {
          throw new AwsError("OperationNotPermitted", "Encrypted snapshots with EBS default key cannot be shared");
        }
        const sharedWith = [...new Set([...snapshot.sharedWith, ...add])].filter((one) => !remove.includes(one));
        if (sharedWith.length > sharedWithMax)
          throw invalidValue(`A snapshot is shared with ${sharedWithMax} accounts at most`);
        things.snapshots.put(regionKey(call.region, snapshot.id), { ...snapshot, sharedWith });
        return {};
      },
    }),
    ResetSnapshotAttribute: ec2Operation(ec2, "ResetSnapshotAttribute", {
      honours: ["SnapshotId", "Attribute"],
      needs: needsFor("ResetSnapshotAttribute"),
      record: (input) => ({ snapshotId: input.SnapshotId ?? "", attributeType: attributeType(input.Attribute) }),
      answer(input, call) {
        const snapshot = own(call, input.SnapshotId);
        if (input.Attribute !== "createVolumePermission")
          throw invalidValue("Only createVolumePermission can be reset");
        things.snapshots.put(regionKey(call.region, snapshot.id), { ...snapshot, sharedWith: [] });
        return {};
      },
    }),
  };

  function own(call: Call, id: string | undefined): Snapshot {
    if (id === undefined) throw missingParameter("snapshotId");
    const found = things.snapshots.get(regionKey(call.region, id));
    if (found === undefined || found.ownerId !== call.accountId) throw noSuchThing("snapshot", id);
    return found;
  }

  function describe(
    snapshot: Snapshot,
    call: Call,
  ): NonNullable<OutputOf<"ec2", "DescribeSnapshots">["Snapshots"]>[number] {
    const state = stateOf(snapshot, call.at);
    return {
      SnapshotId: snapshot.id,
      VolumeId: snapshot.volumeId,
      State: state,
      StartTime: new Date(snapshot.startedAt),
      Progress: state === "completed" ? "100%" : "",
      OwnerId: snapshot.ownerId,
      VolumeSize: snapshot.sizeGib,
      Description: snapshot.description,
      Encrypted: snapshot.isEncrypted,
      ...(snapshot.kmsKeyId === undefined ? {} : { KmsKeyId: snapshot.kmsKeyId }),
      StorageTier: "standard",
      Tags: snapshot.ownerId === call.accountId ? tagList(tagsOf(ec2, call, snapshot.id)) : [],
    };
  }
}

function stateOf(snapshot: Snapshot, now: number): "pending" | "completed" {
  return now >= snapshot.startedAt + takesMilliseconds ? "completed" : "pending";
}

function maySee(snapshot: Snapshot, accountId: string): boolean {
  return snapshot.ownerId === accountId || snapshot.sharedWith.some((one) => one === "all" || one === accountId);
}

interface Change {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

interface Share {
  readonly Group?: string | undefined;
  readonly UserId?: string | undefined;
}

/** Both ways to say it: `CreateVolumePermission: {Add, Remove}`, and `OperationType` with users and groups. */
function readChange(input: {
  readonly CreateVolumePermission?:
    | { readonly Add?: readonly Share[] | undefined; readonly Remove?: readonly Share[] | undefined }
    | undefined;
  readonly OperationType?: string | undefined;
  readonly UserIds?: readonly string[] | undefined;
  readonly GroupNames?: readonly string[] | undefined;
}): Change {
  const shares = (given: readonly Share[] | undefined) =>
    (given ?? []).map(({ Group, UserId }) => Group ?? UserId ?? "");
  const named = [...(input.UserIds ?? []), ...(input.GroupNames ?? [])];
  if (named.length > 0) {
    if (input.CreateVolumePermission !== undefined)
      throw invalidCombination("Give createVolumePermission, or users and groups");
    return input.OperationType === "remove" ? { add: [], remove: named } : { add: named, remove: [] };
  }
  return { add: shares(input.CreateVolumePermission?.Add), remove: shares(input.CreateVolumePermission?.Remove) };
}

function attributeType(attribute: string | undefined): string {
  return attribute === "productCodes" ? "PRODUCT_CODES" : "CREATE_VOLUME_PERMISSION";
}
