import { type BusEvent, type Organization } from "../../../recorder/index.ts";
import { askService } from "../ask.fixture.ts";
import { type TestWorld, testWorld } from "../call.fixture.ts";
import { testInside } from "../inside.fixture.ts";
import { type NewFinding } from "./findings.ts";
import { guardDutyService } from "./guardduty-service.ts";

/** An organization of the test's two accounts, managed by the first. */
export const organization: Organization = {
  id: "o-example",
  managementAccountId: "111122223333",
  memberIds: ["444455556666"],
  hasAllFeatures: true,
  trusts: [],
  delegatedAdministrators: {},
};

/** A leaked key's use, as a story tells it. */
export const leak: NewFinding = {
  type: "UnauthorizedAccess:IAMUser/MaliciousIPCaller",
  title: "A call came from a known malicious address",
  description: "ana's key was used from 203.0.113.9",
  resource: {
    resourceType: "AccessKey",
    accessKeyDetails: {
      accessKeyId: "AKIAEXAMPLEEXAMPLE01",
      principalId: "AIDAEXAMPLEEXAMPLE01",
      userType: "IAMUser",
      userName: "ana",
    },
  },
  service: {
    resourceRole: "TARGET",
    action: {
      actionType: "AWS_API_CALL",
      awsApiCallAction: {
        api: "ListUsers",
        serviceName: "iam.amazonaws.com",
        callerType: "Remote IP",
        remoteIpDetails: { ipAddressV4: "203.0.113.9" },
        affectedResources: { "AWS::IAM::User": "ana" },
      },
    },
  },
};

/** GuardDuty in a test's world; what it tells the bus is kept. */
export function testGuardDuty(world: TestWorld = testWorld()) {
  const events: { readonly accountId: string; readonly region: string; readonly event: BusEvent }[] = [];
  const inside = testInside(world);
  const bus = {
    putBusEvent: (accountId: string, region: string, event: BusEvent) => {
      events.push({ accountId, region, event });
      return Promise.resolve();
    },
  };
  const service = guardDutyService(world, inside, bus, { organizationOf: () => Promise.resolve(organization) });
  const ask = askService(world, service);
  async function detector(from: Parameters<typeof ask>[2] = {}): Promise<string> {
    return (
      (await ask("CreateDetector", { Enable: true, FindingPublishingFrequency: "FIFTEEN_MINUTES" }, from)).DetectorId ??
      ""
    );
  }
  return { world, inside, events, service, ask, detector };
}
