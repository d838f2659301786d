import { AwsError, type InputOf } from "../../../aws/index.ts";
import { type Call, type Need } from "../../service.ts";
import { describeInstance } from "./describe-instances.ts";
import { findImage, type Image } from "./images.ts";
import { type FoundProfile, type InstanceProfiles } from "./instance-profiles.ts";
import { instancesOf } from "./instance-states.ts";
import { findInstanceType, type InstanceType } from "./instance-types.ts";
import { noKeyPair } from "./key-pairs.ts";
import { freeAddress, readNetwork } from "./launch-network.ts";
import { newMetadata, readMetadataOptions, readUserData } from "./launch-options.ts";
import { makeVolumes } from "./launch-volumes.ts";
import { findSubnet } from "./networks.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { holdToQuota } from "./quotas.ts";
import { recordRun } from "./record-run.ts";
import { invalidValue, missingParameter } from "./refusals.ts";
import { putTags, specifiedTags, tagContext } from "./tags.ts";
import { type Instance, placeKey } from "./things.ts";

type Run = InputOf<"ec2", "RunInstances">;

/** How many one call may ask for here. */
const countMax = 1000;

export function runInstancesOperations(ec2: Ec2, profiles: InstanceProfiles): Ec2Operations {
  const { things, world } = ec2;
  return {
    RunInstances: ec2Operation(ec2, "RunInstances", {
      honours: [
        "ImageId",
        "InstanceType",
        "MinCount",
        "MaxCount",
        "KeyName",
        "SecurityGroupIds",
        "SecurityGroups",
        "SubnetId",
        "NetworkInterfaces",
        "Placement",
        "UserData",
        "IamInstanceProfile",
        "BlockDeviceMappings",
        "Monitoring",
        "EbsOptimized",
        "MetadataOptions",
        "DisableApiTermination",
        "DisableApiStop",
        "InstanceInitiatedShutdownBehavior",
        "TagSpecifications",
        "ClientToken",
      ],
      needs: (input, call) => needsOf(input, call),
      record: recordRun,
      answer(input, call) {
        const known = launchedBefore(input, call);
        const launched = known ?? launch(input, call);
        const [first] = launched;
        return {
          ReservationId: first?.reservationId ?? "",
          OwnerId: call.accountId,
          Groups: [],
          Instances: launched.map((instance) => describeInstance(ec2, call, instance)),
        };
      },
    }),
  };

  function needsOf(input: Run, call: Call): readonly Need[] {
    const context = { "ec2:InstanceType": input.InstanceType ?? "m1.small", ...tagContext(input.TagSpecifications) };
    const on = (resource: string) => need("RunInstances", ec2Arn(call, resource), call, { context });
    const groups = input.SecurityGroupIds ?? input.NetworkInterfaces?.[0]?.Groups;
    const profile =
      input.IamInstanceProfile === undefined
        ? undefined
        : profiles.find(call.accountId, input.IamInstanceProfile.Arn ?? input.IamInstanceProfile.Name ?? "");
    return [
      on("instance/*"),
      // The ARN of an image names no account.
      need("RunInstances", ec2Arn(call, `image/${input.ImageId ?? "*"}`, ""), call, { context }),
      on("network-interface/*"),
      on("volume/*"),
      on(`subnet/${input.SubnetId ?? input.NetworkInterfaces?.[0]?.SubnetId ?? "*"}`),
      ...(groups ?? ["*"]).map((id) => on(`security-group/${id}`)),
      ...(input.KeyName === undefined ? [] : [on(`key-pair/${input.KeyName}`)]),
      ...(profile?.roleArn === undefined
        ? []
        : [
            {
              action: "iam:PassRole",
              resource: profile.roleArn,
              context: { "iam:PassedToService": "ec2.amazonaws.com" },
            },
          ]),
    ];
  }

  function launchedBefore(input: Run, call: Call): readonly Instance[] | undefined {
    const token = input.ClientToken;
    const known = token === undefined ? undefined : things.clientTokens.get(placeKey(call, token));
    if (known === undefined) return undefined;
    if (known.request !== JSON.stringify(input)) {
      throw new AwsError("IdempotentParameterMismatch", "The client token was used before with other parameters");
    }
    return instancesOf(ec2, call).filter(({ reservationId }) => reservationId === known.reservationId);
  }

  function launch(input: Run, call: Call): readonly Instance[] {
    const { ImageId, MinCount: least, MaxCount: most } = input;
    if (ImageId === undefined) throw missingParameter("ImageId");
    if (least === undefined || most === undefined)
      throw missingParameter(least === undefined ? "MinCount" : "MaxCount");
    if (least < 1 || most < least || most > countMax) {
      throw invalidValue(
        `Value (${most}) for parameter maxCount is invalid. minCount must be at least 1, maxCount at least minCount`,
      );
    }
    const type = findInstanceType(input.InstanceType ?? "t3.micro");
    const image = findImage(call.region, ImageId);
    if (image.architecture !== type.architecture) throw wrongArchitecture(type, image);
    if (input.KeyName !== undefined && !things.keyPairs.has(placeKey(call, input.KeyName)))
      throw noKeyPair(input.KeyName);
    const count = countWithin(call, type, least, most);
    const base = readLaunch(input, call);
    const reservationId = `r-0${world.random.hex(16)}`;
    const instances = Array.from({ length: count }, (_, launchIndex) =>
      launchOne(input, call, image, { ...base, reservationId, launchIndex, instanceType: type.name }),
    );
    if (input.ClientToken !== undefined) {
      things.clientTokens.put(placeKey(call, input.ClientToken), { reservationId, request: JSON.stringify(input) });
    }
    return instances;
  }

  /** As many as the quota allows, when that is `least` or more. */
  function countWithin(call: Call, type: InstanceType, least: number, most: number): number {
    for (let count = most; count > least; count -= 1) {
      try {
        holdToQuota(ec2, call, type, count);
        return count;
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
      }
    }
    holdToQuota(ec2, call, type, least);
    return least;
  }

  function readLaunch(input: Run, call: Call) {
    const network = readNetwork(ec2, input, call);
    const { subnet } = network;
    return {
      accountId: call.accountId,
      region: call.region,
      imageId: input.ImageId ?? "",
      keyName: input.KeyName,
      launchedAt: call.at,
      told: { to: "running" as const, at: call.at },
      zone: subnet.zone,
      vpcId: subnet.vpcId,
      subnetId: subnet.id,
      securityGroupIds: network.groupIds,
      clientToken: input.ClientToken,
      isMonitored: input.Monitoring?.Enabled === true,
      isEbsOptimized: input.EbsOptimized === true,
      isTerminationDisabled: input.DisableApiTermination === true,
      isStopDisabled: input.DisableApiStop === true,
      isSourceDestChecked: true,
      shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? ("stop" as const),
      userData: readUserData(input.UserData),
      metadata: readMetadataOptions(input.MetadataOptions ?? {}, newMetadata),
      hasPublicIp: network.hasPublicIp,
    };
  }

  function launchOne(
    input: Run,
    call: Call,
    image: Image,
    draft: ReturnType<typeof readLaunch> & Pick<Instance, "reservationId" | "launchIndex" | "instanceType">,
  ): Instance {
    const { hasPublicIp, ...rest } = draft;
    const id = `i-0${world.random.hex(16)}`;
    const subnet = findSubnet(ec2, call, draft.subnetId);
    const profile = findProfile(input, call);
    const instance: Instance = {
      ...rest,
      id,
      interfaceId: `eni-0${world.random.hex(16)}`,
      privateIp: freeAddress(ec2, subnet, call),
      publicIp: hasPublicIp
        ? `198.18.${Math.floor(world.random.next() * 256)}.${Math.floor(world.random.next() * 254) + 1}`
        : undefined,
      volumes: makeVolumes(ec2, input, call, image, id, subnet.zone),
      profile:
        profile === undefined
          ? undefined
          : { ...profile, associationId: `iip-assoc-0${world.random.hex(16)}`, at: call.at },
    };
    things.instances.put(placeKey(call, id), instance);
    putTags(ec2, call, id, specifiedTags(input.TagSpecifications, "instance", ["volume", "network-interface"]));
    const volumeTags = specifiedTags(input.TagSpecifications, "volume", ["instance", "network-interface"]);
    for (const { volumeId } of instance.volumes) putTags(ec2, call, volumeId, volumeTags);
    return instance;
  }

  function findProfile(input: Run, call: Call): Pick<FoundProfile, "arn" | "id"> | undefined {
    if (input.IamInstanceProfile === undefined) return undefined;
    const wanted = input.IamInstanceProfile.Arn ?? input.IamInstanceProfile.Name ?? "";
    const found = profiles.find(call.accountId, wanted);
    if (found === undefined) {
      throw invalidValue(
        `Value (${wanted.slice(0, 200)}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
      );
    }
    return { arn: found.arn, id: found.id };
  }
}

/** As in a real record (TrailDiscover, RunInstances). */
function wrongArchitecture(type: InstanceType, image: Image): AwsError {
  const message =
    `The architecture '${type.architecture}' of the specified instance type does not match the architecture ` +
    `'${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`;
  return invalidValue(message);
}
