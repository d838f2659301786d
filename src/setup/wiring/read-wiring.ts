import { AwsCallError } from "../../aws/index.ts";
import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import type { SetupAws } from "../setup-aws.ts";
import type { Place } from "../settings/place.ts";
import type { Setting } from "../settings/setting.ts";
import type { SettingName } from "../settings/values.ts";
import { partOfSetting } from "./part-of-setting.ts";
import { readTrailStatus } from "./trail-status.ts";
import type { Unread, Wiring, WiringPlaces } from "./wiring.ts";

export interface WiringReading {
  readonly aws: SetupAws;
  readonly settings: readonly Setting[];
  readonly now: () => number;
}

/** Calls under way at once: CloudTrail's, SNS's and S3's own limits lie above it. */
const atOnce = 6;

/** Reads every setting of the way that has a place. What may not be read is told as unread, never as not set. */
export async function readWiring(places: WiringPlaces, { aws, settings, now }: WiringReading): Promise<Wiring> {
  const values: Partial<Record<SettingName, unknown>> = {};
  const unread: Unread[] = [];
  const wanted = settings.flatMap((setting) => {
    const place = places[partOfSetting[setting.name]];
    return place === undefined ? [] : [{ setting, place }];
  });
  await forEachAtOnce(wanted, atOnce, async ({ setting, place }) => {
    const read = await readSetting(setting, place, aws);
    if ("unread" in read) unread.push(read.unread);
    else if (read.value !== undefined) values[setting.name] = read.value;
  });
  const status = places.trail === undefined ? undefined : await readTrailStatus(places.trail, aws);
  const order = new Map(settings.map(({ name }, index) => [name, index]));
  return {
    readAt: now(),
    places,
    // Each setting gives its own kind of value under its own name.
    values: values as Wiring["values"],
    unread: unread.sort((a, b) => (order.get(a.setting) ?? 0) - (order.get(b.setting) ?? 0)),
    status,
  };
}

async function readSetting(
  setting: Setting,
  place: Place,
  aws: SetupAws,
): Promise<{ readonly value: unknown } | { readonly unread: Unread }> {
  try {
    return { value: await setting.get(place, aws) };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const sentence = `${setting.title(place)} cannot be read: ${error.message}`;
    return { unread: { setting: setting.name, code: error.code, sentence } };
  }
}
