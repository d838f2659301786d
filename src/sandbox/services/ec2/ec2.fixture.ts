import { type InputOf, type OperationName, type OutputOf } from "../../../aws/index.ts";
import { type Operation } from "../../service.ts";
import { testAccount, testCall, type TestCall, testWorld } from "../call.fixture.ts";
import { ec2Service } from "./ec2-service.ts";

export const testProfile = {
  arn: `arn:aws:iam::${testAccount}:instance-profile/web`,
  id: "AIPAEXAMPLEEXAMPLE01",
  roleArn: `arn:aws:iam::${testAccount}:role/web`,
};

/** EC2 in a world of its own, called as the front calls it. */
export function testEc2() {
  const world = testWorld();
  const service = ec2Service(world, {
    find: (accountId, name) =>
      accountId === testAccount && (name === "web" || name === testProfile.arn) ? testProfile : undefined,
  });
  const operations = new Map<string, unknown>(Object.entries(service.operations));
  function callOn(options: Parameters<typeof testCall>[0] = {}): TestCall {
    return testCall({ world, service: "ec2", ...options });
  }
  function find<Name extends OperationName<"ec2">>(name: Name) {
    const operation = operations.get(name) as Operation<InputOf<"ec2", Name>, OutputOf<"ec2", Name>> | undefined;
    if (operation === undefined) throw new TypeError(`EC2 has no ${name}`);
    return operation;
  }
  return {
    world,
    service,
    callOn,
    needs<Name extends OperationName<"ec2">>(name: Name, input: InputOf<"ec2", Name>, call = callOn()) {
      return find(name).needs(input, call);
    },
    async ask<Name extends OperationName<"ec2">>(name: Name, input: InputOf<"ec2", Name>, call = callOn()) {
      const operation = find(name);
      operation.needs(input, call);
      return await operation.answer(input, call);
    },
  };
}

export type TestEc2 = ReturnType<typeof testEc2>;

/** Starts one instance and answers its id. */
export async function launch(ec2: TestEc2, more: Partial<InputOf<"ec2", "RunInstances">> = {}): Promise<string> {
  const images = await ec2.ask("DescribeImages", { Filters: [{ Name: "name", Values: ["al2023*x86_64"] }] });
  const ran = await ec2.ask("RunInstances", {
    ImageId: images.Images?.[0]?.ImageId,
    InstanceType: "t3.micro",
    MinCount: 1,
    MaxCount: 1,
    ...more,
  });
  return ran.Instances?.[0]?.InstanceId ?? "";
}
