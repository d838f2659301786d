import { absentCodes } from "./answers.ts";
import { nameOf, type Place } from "./place.ts";
import { type SettingRequest, settingRequest, unlessAbsent } from "./setting-request.ts";
import { defineSetting } from "./setting.ts";

/** Whether a trail writes log files. One that was just made does not, so that taking it away is to stop it. */
export const trailLoggingSetting = defineSetting({
  name: "trail-logging",
  title: (place) => `the logging of the trail ${nameOf(place)}`,
  calls: {
    get: [{ action: "cloudtrail:GetTrailStatus", on: "trail" }],
    put: [
      { action: "cloudtrail:StartLogging", on: "trail" },
      { action: "cloudtrail:StopLogging", on: "trail" },
    ],
  },
  async get(place, aws) {
    const client = await aws.client("cloudtrail", place);
    const status = await unlessAbsent(absentCodes.trail, client.call("GetTrailStatus", { Name: place.arn }));
    return status === undefined ? undefined : status.IsLogging === true;
  },
  async put(place, { after }, aws) {
    const done = request(place, after).send(aws);
    await (after === undefined ? unlessAbsent(absentCodes.trail, done) : done);
  },
  commands: (place, { after }) => [request(place, after).command()],
});

function request(place: Place, after: boolean | undefined): SettingRequest {
  return settingRequest(place, "cloudtrail", after === true ? "StartLogging" : "StopLogging", { Name: place.arn });
}
