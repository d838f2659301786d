import { type Aws, defineCases, outcome } from "../contract-case.ts";

const api = (operation: string) => `GuardDuty API Reference, ${operation}`;

/** The cases share one detector, the only one of an account in a region. */
async function detectorOf(aws: Aws): Promise<string> {
  const { DetectorIds: [known] = [] } = await aws.call("guardduty", "ListDetectors", {});
  if (known !== undefined) return known;
  const { DetectorId = "" } = await aws.call("guardduty", "CreateDetector", { Enable: true });
  return DetectorId;
}

export const guardDutyCases = defineCases([
  {
    name: "a detector is enabled, tells every six hours, and is one",
    source: api("CreateDetector and GetDetector"),
    run: async (aws) => {
      const DetectorId = await detectorOf(aws);
      const { Status, FindingPublishingFrequency } = await aws.call("guardduty", "GetDetector", { DetectorId });
      const again = await outcome(aws.call("guardduty", "CreateDetector", { Enable: true }));
      return [/^[0-9a-f]{32}$/.test(DetectorId), Status, FindingPublishingFrequency, again];
    },
    expected: [true, "ENABLED", "SIX_HOURS", "BadRequestException 400"],
  },
  {
    name: "a detector that is not there is refused",
    source: api("GetDetector, BadRequestException"),
    run: (aws) => outcome(aws.call("guardduty", "GetDetector", { DetectorId: "0".repeat(32) })),
    expected: "BadRequestException 400",
  },
  {
    name: "sample findings are made, listed, read and put away",
    source: 'GuardDuty User Guide, "Sample findings"',
    run: async (aws) => {
      const DetectorId = await detectorOf(aws);
      const type = "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS";
      await aws.call("guardduty", "CreateSampleFindings", { DetectorId, FindingTypes: [type] });
      const listed = async () => {
        const FindingCriteria = { Criterion: { "service.archived": { Equals: ["false"] }, type: { Equals: [type] } } };
        return (await aws.call("guardduty", "ListFindings", { DetectorId, FindingCriteria })).FindingIds ?? [];
      };
      const FindingIds = await listed();
      const { Findings = [] } = await aws.call("guardduty", "GetFindings", { DetectorId, FindingIds });
      await aws.call("guardduty", "ArchiveFindings", { DetectorId, FindingIds });
      return {
        findings: Findings.map(({ Type, Title, AccountId, SchemaVersion }) => [
          Type,
          Title?.startsWith("[SAMPLE]"),
          AccountId,
          SchemaVersion,
        ]),
        afterwards: await listed(),
      };
    },
    expected: {
      findings: [["UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS", true, "123456789012", "2.0"]],
      afterwards: [],
    },
  },
]);
