import type { InputOf, OutputOf } from "../../aws/index.ts";
import { absentCodes } from "./answers.ts";
import { nameOf, type Place } from "./place.ts";
import { type SettingRequest, settingRequest, unlessAbsent } from "./setting-request.ts";
import { defineSetting } from "./setting.ts";

type Selectors = NonNullable<InputOf<"cloudtrail", "PutInsightSelectors">["InsightSelectors"]>;

/** Which unusual rates a trail tells of. Taking them away switches them off: they cost. */
export const trailInsightsSetting = defineSetting({
  name: "trail-insights",
  title: (place) => `the Insights of the trail ${nameOf(place)}`,
  calls: {
    get: [{ action: "cloudtrail:GetInsightSelectors", on: "trail" }],
    put: [{ action: "cloudtrail:PutInsightSelectors", on: "trail" }],
  },
  async get(place, aws) {
    const client = await aws.client("cloudtrail", place);
    return unlessAbsent(absentCodes.trail, readInsights(client.call("GetInsightSelectors", { TrailName: place.arn })));
  },
  async put(place, { after }, aws) {
    const done = request(place, after).send(aws);
    await (after === undefined ? unlessAbsent(absentCodes.trail, done) : done);
  },
  commands: (place, { after }) => [request(place, after).command()],
});

function request(place: Place, after: readonly string[] = []): SettingRequest {
  const input = { TrailName: place.arn, InsightSelectors: selectorsOf(after) };
  return settingRequest(place, "cloudtrail", "PutInsightSelectors", input);
}

/** `GetInsightSelectors` as types and categories, sorted; it answers with an error where there are none. */
export async function readInsights(
  asked: Promise<OutputOf<"cloudtrail", "GetInsightSelectors">>,
): Promise<readonly string[]> {
  const { InsightSelectors = [] } = (await unlessAbsent(["InsightNotEnabledException"], asked)) ?? {};
  // Selectors from before there were categories watch management events (API Reference, InsightSelector).
  return InsightSelectors.flatMap(({ InsightType = "", EventCategories = ["Management"] }) =>
    EventCategories.map((category) => `${InsightType} ${category}`),
  ).sort();
}

function selectorsOf(value: readonly string[]): Selectors {
  const categories = new Map<string, string[]>();
  for (const each of value) {
    const [type = "", category = "Management"] = each.split(" ");
    categories.set(type, [...(categories.get(type) ?? []), category]);
  }
  // Which types there are is AWS's to say.
  return [...categories].map(([InsightType, EventCategories]) => ({ InsightType, EventCategories })) as Selectors;
}
