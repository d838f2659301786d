import { type Models, type ServiceName } from "../models.ts";

/** How the SDK's packages are loaded: on demand, for EC2's alone takes a third of a second. */
export const packages: { readonly [S in ServiceName]: () => Promise<Models[S]> } = {
  cloudtrail: () => import("@aws-sdk/client-cloudtrail"),
  ec2: () => import("@aws-sdk/client-ec2"),
  events: () => import("@aws-sdk/client-eventbridge"),
  guardduty: () => import("@aws-sdk/client-guardduty"),
  iam: () => import("@aws-sdk/client-iam"),
  kms: () => import("@aws-sdk/client-kms"),
  logs: () => import("@aws-sdk/client-cloudwatch-logs"),
  organizations: () => import("@aws-sdk/client-organizations"),
  s3: () => import("@aws-sdk/client-s3"),
  sns: () => import("@aws-sdk/client-sns"),
  sqs: () => import("@aws-sdk/client-sqs"),
  sts: () => import("@aws-sdk/client-sts"),
};

export const serviceNames = Object.keys(packages) as readonly ServiceName[];

export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(packages, name);
}
