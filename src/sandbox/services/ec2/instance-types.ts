import { type OutputOf } from "../../../aws/index.ts";
import { AwsError } from "../../../aws/index.ts";
import { readFilters } from "./filters.ts";
import { type Ec2, type Ec2Operations, ec2Operation } from "./operation.ts";
import { pageOf } from "./paging.ts";

export interface InstanceType {
  readonly name: string;
  readonly cpus: number;
  readonly cores: number;
  readonly memoryMib: number;
  readonly architecture: "x86_64" | "arm64";
  readonly gpu?: { readonly name: string; readonly maker: string; readonly count: number; readonly memoryMib: number };
  readonly isBurstable?: boolean;
}

const nvidia = (name: string, count: number, memoryMib: number) => ({ name, maker: "NVIDIA", count, memoryMib });

/** A few of AWS's instance types; numbers from the EC2 Instance Types guide, unverified here. */
export const instanceTypes: readonly InstanceType[] = [
  { name: "c5.18xlarge", cpus: 72, cores: 36, memoryMib: 147_456, architecture: "x86_64" },
  { name: "c5.4xlarge", cpus: 16, cores: 8, memoryMib: 32_768, architecture: "x86_64" },
  { name: "c5.large", cpus: 2, cores: 1, memoryMib: 4096, architecture: "x86_64" },
  { name: "c7g.xlarge", cpus: 4, cores: 4, memoryMib: 8192, architecture: "arm64" },
  {
    name: "g4dn.12xlarge",
    cpus: 48,
    cores: 24,
    memoryMib: 196_608,
    architecture: "x86_64",
    gpu: nvidia("T4", 4, 16_384),
  },
  {
    name: "g5.48xlarge",
    cpus: 192,
    cores: 96,
    memoryMib: 786_432,
    architecture: "x86_64",
    gpu: nvidia("A10G", 8, 24_576),
  },
  { name: "m5.large", cpus: 2, cores: 1, memoryMib: 8192, architecture: "x86_64" },
  { name: "m7i.xlarge", cpus: 4, cores: 2, memoryMib: 16_384, architecture: "x86_64" },
  {
    name: "p3.16xlarge",
    cpus: 64,
    cores: 32,
    memoryMib: 499_712,
    architecture: "x86_64",
    gpu: nvidia("V100", 8, 16_384),
  },
  {
    name: "p4d.24xlarge",
    cpus: 96,
    cores: 48,
    memoryMib: 1_179_648,
    architecture: "x86_64",
    gpu: nvidia("A100", 8, 40_960),
  },
  { name: "r6i.large", cpus: 2, cores: 1, memoryMib: 16_384, architecture: "x86_64" },
  { name: "t3.large", cpus: 2, cores: 1, memoryMib: 8192, architecture: "x86_64", isBurstable: true },
  { name: "t3.medium", cpus: 2, cores: 1, memoryMib: 4096, architecture: "x86_64", isBurstable: true },
  { name: "t3.micro", cpus: 2, cores: 1, memoryMib: 1024, architecture: "x86_64", isBurstable: true },
  { name: "t4g.small", cpus: 2, cores: 2, memoryMib: 2048, architecture: "arm64", isBurstable: true },
];

/** Finds a type, or says as EC2 does that there is none. */
export function findInstanceType(name: string): InstanceType {
  const found = instanceTypes.find((type) => type.name === name);
  if (found !== undefined) return found;
  throw new AwsError("InvalidParameterValue", `Invalid value '${name.slice(0, 60)}' for InstanceType.`);
}

type InstanceTypeInfo = NonNullable<OutputOf<"ec2", "DescribeInstanceTypes">["InstanceTypes"]>[number];

export function instanceTypeOperations(ec2: Ec2): Ec2Operations {
  return {
    DescribeInstanceTypes: ec2Operation(ec2, "DescribeInstanceTypes", {
      honours: ["InstanceTypes", "Filters", "MaxResults", "NextToken"],
      answer(input) {
        const wanted = input.InstanceTypes?.map((name) => findInstanceType(name).name);
        const passes = readFilters<InstanceType>(input.Filters, {
          "instance-type": ({ name }) => [name],
          "current-generation": () => ["true"],
          "processor-info.supported-architecture": ({ architecture }) => [architecture],
          "vcpu-info.default-vcpus": ({ cpus }) => [String(cpus)],
          "memory-info.size-in-mib": ({ memoryMib }) => [String(memoryMib)],
        });
        const found = instanceTypes.filter((type) => (wanted?.includes(type.name) ?? true) && passes(type));
        const { things, ...next } = pageOf(found, ({ name }) => name, input, { most: 100, ids: wanted });
        return { InstanceTypes: things.map(describe), ...next };
      },
    }),
    DescribeInstanceTypeOfferings: ec2Operation(ec2, "DescribeInstanceTypeOfferings", {
      honours: ["Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        const passes = readFilters<InstanceType>(input.Filters, {
          "instance-type": ({ name }) => [name],
          location: () => [call.region],
        });
        const { things, ...next } = pageOf(instanceTypes.filter(passes), ({ name }) => name, input);
        const offered = things.map(({ name }) => ({
          InstanceType: name as NonNullable<InstanceTypeInfo["InstanceType"]>,
          LocationType: "region" as const,
          Location: call.region,
        }));
        return { InstanceTypeOfferings: offered, ...next };
      },
    }),
  };
}

function describe(type: InstanceType): InstanceTypeInfo {
  const { gpu } = type;
  return {
    InstanceType: type.name as NonNullable<InstanceTypeInfo["InstanceType"]>,
    CurrentGeneration: true,
    FreeTierEligible: type.name === "t3.micro",
    SupportedUsageClasses: ["on-demand", "spot"],
    SupportedRootDeviceTypes: ["ebs"],
    SupportedVirtualizationTypes: ["hvm"],
    BareMetal: false,
    Hypervisor: "nitro",
    ProcessorInfo: { SupportedArchitectures: [type.architecture] },
    VCpuInfo: { DefaultVCpus: type.cpus, DefaultCores: type.cores, DefaultThreadsPerCore: type.cpus / type.cores },
    MemoryInfo: { SizeInMiB: type.memoryMib },
    InstanceStorageSupported: false,
    BurstablePerformanceSupported: type.isBurstable === true,
    ...(gpu === undefined
      ? {}
      : {
          GpuInfo: {
            Gpus: [
              { Name: gpu.name, Manufacturer: gpu.maker, Count: gpu.count, MemoryInfo: { SizeInMiB: gpu.memoryMib } },
            ],
            TotalGpuMemoryInMiB: gpu.count * gpu.memoryMib,
          },
        }),
  };
}
