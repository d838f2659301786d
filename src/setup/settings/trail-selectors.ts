import type { InputOf, OutputOf } from "../../aws/index.ts";
import { absentCodes } from "./answers.ts";
import { nameOf, type Place } from "./place.ts";
import { type SettingRequest, settingRequest, unlessAbsent } from "./setting-request.ts";
import { defineSetting } from "./setting.ts";
import type { SelectorsValue } from "./values.ts";

type Put = InputOf<"cloudtrail", "PutEventSelectors">;

/** Which events a trail records. No trail is without: taking them away gives it those of a new one. */
export const trailSelectorsSetting = defineSetting({
  name: "trail-selectors",
  title: (place) => `the event selectors of the trail ${nameOf(place)}`,
  calls: {
    get: [{ action: "cloudtrail:GetEventSelectors", on: "trail" }],
    put: [{ action: "cloudtrail:PutEventSelectors", on: "trail" }],
  },
  async get(place, aws) {
    const client = await aws.client("cloudtrail", place);
    const answer = await unlessAbsent(absentCodes.trail, client.call("GetEventSelectors", { TrailName: place.arn }));
    return answer === undefined ? undefined : selectorsValueOf(answer);
  },
  async put(place, { after }, aws) {
    const done = request(place, after).send(aws);
    await (after === undefined ? unlessAbsent(absentCodes.trail, done) : done);
  },
  commands: (place, { after }) => [request(place, after).command()],
});

function request(place: Place, after: SelectorsValue | undefined): SettingRequest {
  return settingRequest(place, "cloudtrail", "PutEventSelectors", { TrailName: place.arn, ...membersOf(after) });
}

/** Selectors as `GetEventSelectors` tells them, as plain JSON: what AWS may leave out or tell as empty is the same. */
export function selectorsValueOf(answer: OutputOf<"cloudtrail", "GetEventSelectors">): SelectorsValue {
  const { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] } = answer;
  if (advanced.length > 0) {
    return {
      advanced: advanced.map(({ Name, FieldSelectors = [] }) => ({
        ...(Name === undefined || Name === "" ? {} : { Name }),
        FieldSelectors: FieldSelectors.map(({ Field, ...operators }) => ({
          Field,
          ...Object.fromEntries(Object.entries(operators).filter(([, values]) => (values ?? []).length > 0)),
        })),
      })),
    };
  }
  return {
    basic: basic.map((selector) => ({
      ReadWriteType: selector.ReadWriteType ?? "All",
      IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
      DataResources: (selector.DataResources ?? []).map(({ Type, Values = [] }) => ({ Type, Values })),
      ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
    })),
  };
}

/** CloudTrail User Guide, "Logging management events": what a new trail records. */
const selectorsOfNewTrail: SelectorsValue = {
  advanced: [
    {
      Name: "Management events selector",
      FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
    },
  ],
};

/** One kind of the two: setting it takes the other away. */
function membersOf(after: SelectorsValue = selectorsOfNewTrail): Omit<Put, "TrailName"> {
  return after.advanced === undefined
    ? { EventSelectors: [...(after.basic ?? [])] }
    : // Selectors are AWS's own, kept as they were told: their shape is checked there.
      { AdvancedEventSelectors: [...after.advanced] as unknown as NonNullable<Put["AdvancedEventSelectors"]> };
}
