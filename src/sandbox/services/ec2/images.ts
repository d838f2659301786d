import { createHash } from "node:crypto";

import { type OutputOf } from "../../../aws/index.ts";
import { type FilterFields, readFilters } from "./filters.ts";
import { type Ec2, type Ec2Operations, ec2Operation } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { noSuchThing } from "./refusals.ts";
import { placeKey, type Tags } from "./things.ts";

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly architecture: "x86_64" | "arm64";
  readonly rootDevice: string;
  readonly sizeGib: number;
  readonly snapshotId: string;
  readonly platform: string;
  readonly isWindows: boolean;
}

/** The account that Amazon's own images belong to, as in EC2's documentation. */
const amazonAccount = "137112412989";
const createdAt = "2026-10-02T18:04:11.000Z";

const drafts = [
  {
    name: "al2023-ami-2023.9.20261002.0-kernel-6.12-x86_64",
    architecture: "x86_64",
    rootDevice: "/dev/xvda",
    sizeGib: 8,
    platform: "Linux/UNIX",
  },
  {
    name: "al2023-ami-2023.9.20261002.0-kernel-6.12-arm64",
    architecture: "arm64",
    rootDevice: "/dev/xvda",
    sizeGib: 8,
    platform: "Linux/UNIX",
  },
  {
    name: "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261001",
    architecture: "x86_64",
    rootDevice: "/dev/sda1",
    sizeGib: 8,
    platform: "Linux/UNIX",
  },
  {
    name: "Windows_Server-2025-English-Full-Base-2026.10.14",
    architecture: "x86_64",
    rootDevice: "/dev/sda1",
    sizeGib: 30,
    platform: "Windows",
  },
] as const;

/** The images of a region: the same few everywhere, under ids of the region's own. */
export function imagesOf(region: string): readonly Image[] {
  return drafts.map((draft) => ({
    ...draft,
    id: `ami-0${digits(`${region}/${draft.name}`)}`,
    snapshotId: `snap-0${digits(`${region}/${draft.name}/root`)}`,
    description: draft.name,
    isWindows: draft.platform === "Windows",
  }));
}

/** Finds an image, or says as EC2 does that there is none. */
export function findImage(region: string, id: string): Image {
  const found = imagesOf(region).find((image) => image.id === id);
  if (found === undefined) throw noSuchThing("image", id);
  return found;
}

function digits(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

const fields: FilterFields<Image> = {
  architecture: ({ architecture }) => [architecture],
  "block-device-mapping.volume-type": () => ["gp3"],
  description: ({ description }) => [description],
  "image-id": ({ id }) => [id],
  "image-type": () => ["machine"],
  "is-public": () => ["true"],
  name: ({ name }) => [name],
  "owner-alias": () => ["amazon"],
  "owner-id": () => [amazonAccount],
  platform: ({ isWindows }) => [isWindows ? "windows" : undefined],
  "root-device-name": ({ rootDevice }) => [rootDevice],
  "root-device-type": () => ["ebs"],
  state: () => ["available"],
  "virtualization-type": () => ["hvm"],
};

export function imageOperations(ec2: Ec2): Ec2Operations {
  return {
    DescribeImages: ec2Operation(ec2, "DescribeImages", {
      honours: [
        "ImageIds",
        "Owners",
        "ExecutableUsers",
        "Filters",
        "IncludeDeprecated",
        "IncludeDisabled",
        "MaxResults",
        "NextToken",
      ],
      answer(input, call) {
        for (const id of input.ImageIds ?? []) findImage(call.region, id);
        const tagsOf = ({ id }: Image): Tags => ec2.things.tags.get(placeKey(call, id)) ?? {};
        const passes = readFilters(input.Filters, fields, tagsOf);
        // All of them are Amazon's and public.
        const isOwned = input.Owners?.some((owner) => owner === "amazon" || owner === amazonAccount) ?? true;
        const isExecutable = input.ExecutableUsers?.includes("all") ?? true;
        const found = imagesOf(call.region).filter(
          (image) => isOwned && isExecutable && (input.ImageIds?.includes(image.id) ?? true) && passes(image),
        );
        const { things, ...next } = pageOf(found, ({ id }) => id, input, { least: 1, ids: input.ImageIds });
        return { Images: things.map((image) => describe(image, tagsOf(image))), ...next };
      },
    }),
  };
}

function describe(image: Image, tags: Tags): NonNullable<OutputOf<"ec2", "DescribeImages">["Images"]>[number] {
  return {
    ImageId: image.id,
    Name: image.name,
    Description: image.description,
    Architecture: image.architecture,
    CreationDate: createdAt,
    ImageLocation: `amazon/${image.name}`,
    ImageType: "machine",
    ImageOwnerAlias: "amazon",
    OwnerId: amazonAccount,
    Public: true,
    PlatformDetails: image.platform,
    ...(image.isWindows ? { Platform: "Windows" as const } : {}),
    UsageOperation: image.isWindows ? "RunInstances:0002" : "RunInstances",
    State: "available",
    EnaSupport: true,
    Hypervisor: "xen",
    VirtualizationType: "hvm",
    RootDeviceType: "ebs",
    RootDeviceName: image.rootDevice,
    BootMode: "uefi-preferred",
    BlockDeviceMappings: [
      {
        DeviceName: image.rootDevice,
        Ebs: {
          SnapshotId: image.snapshotId,
          VolumeSize: image.sizeGib,
          VolumeType: "gp3",
          DeleteOnTermination: true,
          Encrypted: false,
          Iops: 3000,
          Throughput: 125,
        },
      },
    ],
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
