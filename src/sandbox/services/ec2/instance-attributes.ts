import { AwsError, type InputOf, type OutputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { describeMetadata } from "./describe-instances.ts";
import { findImage } from "./images.ts";
import { findInstance, stateOf } from "./instance-states.ts";
import { findInstanceType } from "./instance-types.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { removed } from "./record-shape.ts";
import { invalidCombination, invalidValue, missingParameter } from "./refusals.ts";
import { readMetadataOptions, readUserData } from "./launch-options.ts";
import { findSecurityGroup } from "./security-groups.ts";
import { tagsOf } from "./tags.ts";
import { type Instance, placeKey } from "./things.ts";

type Modify = InputOf<"ec2", "ModifyInstanceAttribute">;

/** What is set on an instance after it was made. */
export function instanceAttributeOperations(ec2: Ec2): Ec2Operations {
  const { things } = ec2;
  const needsFor = (operation: string) => (input: { readonly InstanceId: string | undefined }, call: Call) => [
    need(operation, ec2Arn(call, `instance/${input.InstanceId}`), call, {
      tags: tagsOf(ec2, call, input.InstanceId ?? ""),
    }),
  ];
  return {
    DescribeInstanceAttribute: ec2Operation(ec2, "DescribeInstanceAttribute", {
      honours: ["InstanceId", "Attribute"],
      needs: needsFor("DescribeInstanceAttribute"),
      answer: (input, call) => describeAttribute(findInstance(ec2, call, input.InstanceId), input.Attribute, call),
    }),
    ModifyInstanceAttribute: ec2Operation(ec2, "ModifyInstanceAttribute", {
      honours: [
        "InstanceId",
        "Attribute",
        "Value",
        "UserData",
        "DisableApiTermination",
        "DisableApiStop",
        "InstanceInitiatedShutdownBehavior",
        "InstanceType",
        "SourceDestCheck",
        "EbsOptimized",
        "Groups",
      ],
      needs: needsFor("ModifyInstanceAttribute"),
      record(input) {
        const { InstanceId = "", Attribute, Value: _value, UserData, Groups, ...rest } = input;
        const flags = Object.entries(rest).flatMap(([name, given]) => {
          const value = (given as { readonly Value?: string | boolean } | undefined)?.Value;
          return value === undefined ? [] : [[name.charAt(0).toLowerCase() + name.slice(1), { value }] as const];
        });
        return {
          instanceId: InstanceId,
          ...(Attribute === undefined ? {} : { attribute: Attribute, value: removed }),
          ...(UserData === undefined ? {} : { userData: removed }),
          ...(Groups === undefined ? {} : { groupSet: { items: Groups.map((groupId) => ({ groupId })) } }),
          ...Object.fromEntries(flags),
        };
      },
      answer(input, call) {
        const instance = findInstance(ec2, call, input.InstanceId);
        things.instances.put(placeKey(call, instance.id), modify(instance, input, call));
        return {};
      },
    }),
    ModifyInstanceMetadataOptions: ec2Operation(ec2, "ModifyInstanceMetadataOptions", {
      honours: [
        "InstanceId",
        "HttpTokens",
        "HttpPutResponseHopLimit",
        "HttpEndpoint",
        "HttpProtocolIpv6",
        "InstanceMetadataTags",
      ],
      needs: needsFor("ModifyInstanceMetadataOptions"),
      answer(input, call) {
        const { InstanceId, DryRun: _isDry, ...given } = input;
        const instance = findInstance(ec2, call, InstanceId);
        const changed = { ...instance, metadata: readMetadataOptions(given, instance.metadata) };
        things.instances.put(placeKey(call, instance.id), changed);
        return { InstanceId: instance.id, InstanceMetadataOptions: describeMetadata(changed, "pending") };
      },
    }),
  };

  /** One attribute in one call (API Reference, ModifyInstanceAttribute). */
  function modify(instance: Instance, input: Modify, call: Call): Instance {
    const changes = readChanges(input);
    const [change, ...others] = changes;
    if (change === undefined) throw missingParameter("attribute");
    if (others.length > 0) throw invalidCombination("Fields for multiple attribute types specified");
    const { name, value } = change;
    const isTrue = () => readBoolean(name, value);
    switch (name) {
      case "userData":
        mustBeStopped(instance, call, name);
        return { ...instance, userData: readUserData(typeof value === "string" ? value : "") };
      case "instanceType":
        mustBeStopped(instance, call, name);
        return { ...instance, instanceType: sameArchitecture(instance, String(value), call) };
      case "ebsOptimized":
        mustBeStopped(instance, call, name);
        return { ...instance, isEbsOptimized: isTrue() };
      case "disableApiTermination":
        return { ...instance, isTerminationDisabled: isTrue() };
      case "disableApiStop":
        return { ...instance, isStopDisabled: isTrue() };
      case "sourceDestCheck":
        return { ...instance, isSourceDestChecked: isTrue() };
      case "instanceInitiatedShutdownBehavior":
        if (value !== "stop" && value !== "terminate") throw invalidValue("The behavior is stop or terminate");
        return { ...instance, shutdownBehavior: value };
      case "groupSet":
        return { ...instance, securityGroupIds: readGroups(instance, Array.isArray(value) ? value : [], call) };
      default:
        throw invalidValue(`Value (${name.slice(0, 60)}) for parameter attribute is invalid. Unknown attribute.`);
    }
  }

  function readGroups(instance: Instance, ids: readonly unknown[], call: Call): readonly string[] {
    if (ids.length === 0) throw invalidValue("The instance must be in at least one security group");
    return ids.map((id) => {
      const group = findSecurityGroup(ec2, call, String(id));
      if (group.vpcId !== instance.vpcId)
        throw invalidValue(`The security group '${group.id}' belongs to another network`);
      return group.id;
    });
  }
}

interface Change {
  readonly name: string;
  readonly value: string | boolean | readonly string[] | undefined;
}

/** Both ways to say it: `Attribute` with `Value`, or a member of the attribute's own. */
function readChanges(input: Modify): readonly Change[] {
  const named = input.Attribute === undefined ? [] : [{ name: input.Attribute as string, value: input.Value }];
  const own: readonly Change[] = [
    {
      name: "userData",
      value: input.UserData?.Value === undefined ? undefined : Buffer.from(input.UserData.Value).toString("base64"),
    },
    { name: "disableApiTermination", value: input.DisableApiTermination?.Value },
    { name: "disableApiStop", value: input.DisableApiStop?.Value },
    { name: "instanceInitiatedShutdownBehavior", value: input.InstanceInitiatedShutdownBehavior?.Value },
    { name: "instanceType", value: input.InstanceType?.Value },
    { name: "sourceDestCheck", value: input.SourceDestCheck?.Value },
    { name: "ebsOptimized", value: input.EbsOptimized?.Value },
    { name: "groupSet", value: input.Groups },
  ];
  return [...named, ...own.filter(({ value }) => value !== undefined)];
}

function readBoolean(name: string, value: Change["value"]): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw invalidValue(`The attribute ${name} is true or false`);
}

function mustBeStopped(instance: Instance, call: Call, name: string): void {
  if (stateOf(instance, call.at) === "stopped") return;
  const message = `The instance '${instance.id}' is not in the 'stopped' state, which a change of ${name} needs.`;
  throw new AwsError("IncorrectInstanceState", message);
}

function sameArchitecture(instance: Instance, typeName: string, call: Call): string {
  const type = findInstanceType(typeName);
  if (type.architecture !== findImage(call.region, instance.imageId).architecture) {
    throw new AwsError(
      "InvalidInstanceAttributeValue",
      `The instance type ${type.name} does not match the architecture of the instance`,
    );
  }
  return type.name;
}

function describeAttribute(
  instance: Instance,
  attribute: string | undefined,
  call: Call,
): OutputOf<"ec2", "DescribeInstanceAttribute"> {
  const base = { InstanceId: instance.id };
  switch (attribute) {
    case "userData":
      return { ...base, UserData: instance.userData === undefined ? {} : { Value: instance.userData } };
    case "instanceType":
      return { ...base, InstanceType: { Value: instance.instanceType } };
    case "disableApiTermination":
      return { ...base, DisableApiTermination: { Value: instance.isTerminationDisabled } };
    case "disableApiStop":
      return { ...base, DisableApiStop: { Value: instance.isStopDisabled } };
    case "instanceInitiatedShutdownBehavior":
      return { ...base, InstanceInitiatedShutdownBehavior: { Value: instance.shutdownBehavior } };
    case "sourceDestCheck":
      return { ...base, SourceDestCheck: { Value: instance.isSourceDestChecked } };
    case "ebsOptimized":
      return { ...base, EbsOptimized: { Value: instance.isEbsOptimized } };
    case "rootDeviceName":
      return { ...base, RootDeviceName: { Value: findImage(call.region, instance.imageId).rootDevice } };
    case "groupSet":
      return { ...base, Groups: instance.securityGroupIds.map((GroupId) => ({ GroupId })) };
    case undefined:
      throw missingParameter("attribute");
    default:
      throw invalidValue(`Value (${attribute.slice(0, 60)}) for parameter attribute is invalid. Unknown attribute.`);
  }
}
