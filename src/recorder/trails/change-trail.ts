import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { printArn } from "../arn.ts";
import { type By } from "../by.ts";
import { type Organization, type Outlets } from "../outlets.ts";
import { text } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { type Tags, readTags, tagsOf } from "../tags.ts";
import { type Trail } from "../trail.ts";
import { defaultSelectors } from "../../cloudtrail/index.ts";
import { type TrailParts, checkUnchanged, findTrailToChange } from "./find-trail.ts";
import { checkDestinations } from "./trail-destinations.ts";
import { checkTrailName } from "./trail-name.ts";
import { notManagement, organizationForTrail, serviceLinkedRoles } from "./trail-organization.ts";
import { checkRoom } from "./trail-room.ts";
import { defaultSettings, readSettings, settingsOf, type TrailSettings } from "./trail-settings.ts";
import { shapeOfChange } from "./trail-shape.ts";

export interface ChangeParts extends TrailParts {
  readonly outlets: Outlets;
}

/**
 * Makes a trail, which does not log yet. AWS does not document what it looks at first: here the parameters, then what is
 * there already, then the world outside.
 */
export async function createTrail(
  parts: ChangeParts,
  input: InputOf<"cloudtrail", "CreateTrail">,
  by: By,
): Promise<OutputOf<"cloudtrail", "CreateTrail">> {
  const name = text(input.Name, "Name", "InvalidTrailNameException");
  checkTrailName(name);
  const { TagsList, ...given } = input;
  const settings = withBucket(readSettings(given, defaultSettings, by));
  const tags = readTags(TagsList ?? []);
  const organization = settings.isOrganizationTrail ? await organizationForTrail(parts, by) : undefined;
  const ownerId = organization?.managementAccountId ?? by.accountId;
  const arn = printArn({ kind: "trail", region: by.region, accountId: ownerId, id: name });
  const wanted = { arn, name, homeRegion: by.region, isMultiRegion: settings.isMultiRegion };
  const checkFree = () => {
    if (parts.trails.get(arn) !== undefined) {
      throw refusal("TrailAlreadyExistsException", `Trail ${name} already exists`);
    }
    checkRoom(parts.trails.ownedBy(ownerId), wanted);
  };
  checkFree();
  const { kmsKeyArn } = await checkDestinations(parts.outlets, { arn, ownerId, region: by.region }, settings, {
    organization,
    isNewTopic: true,
  });
  // Somebody else may have been quicker.
  checkFree();
  const trail: Trail = {
    ...wanted,
    ownerId,
    selectors: defaultSelectors,
    insightSelectors: [],
    isLogging: false,
    createdAt: by.at,
    ...keptSettings({ ...settings, keyId: kmsKeyArn }, organization),
    ...(settings.validatesLogFiles ? { validatesSince: by.at } : {}),
  };
  write(parts, "created", trail, tags, by);
  return shapeOfChange(trail);
}

/** Changes what is given of a trail (API Reference, UpdateTrail), in its home region. */
export async function updateTrail(
  parts: ChangeParts,
  input: InputOf<"cloudtrail", "UpdateTrail">,
  by: By,
): Promise<OutputOf<"cloudtrail", "UpdateTrail">> {
  const before = await findTrailToChange(parts, input.Name, by);
  const settings = withBucket(readSettings(input, settingsOf(before), by));
  const organization = await organizationAfter(parts, before, settings, by);
  checkRoom(parts.trails.ownedBy(before.ownerId), { ...before, isMultiRegion: settings.isMultiRegion });
  const { kmsKeyArn } = await checkDestinations(
    parts.outlets,
    { arn: before.arn, ownerId: before.ownerId, region: by.region },
    settings,
    { organization, isNewTopic: settings.topicArn !== before.topicArn },
  );
  checkUnchanged(parts, before);
  checkRoom(parts.trails.ownedBy(before.ownerId), { ...before, isMultiRegion: settings.isMultiRegion });
  const validatesSince = before.validatesLogFiles ? before.validatesSince : by.at;
  const trail: Trail = {
    name: before.name,
    arn: before.arn,
    ownerId: before.ownerId,
    homeRegion: before.homeRegion,
    selectors: before.selectors,
    insightSelectors: before.insightSelectors,
    isLogging: before.isLogging,
    ...(before.startedAt === undefined ? {} : { startedAt: before.startedAt }),
    ...(before.stoppedAt === undefined ? {} : { stoppedAt: before.stoppedAt }),
    createdAt: before.createdAt,
    ...keptSettings({ ...settings, keyId: kmsKeyArn }, organization),
    ...(settings.validatesLogFiles && validatesSince !== undefined ? { validatesSince } : {}),
  };
  write(parts, "updated", trail, undefined, by);
  return shapeOfChange(trail);
}

/** Only the management account turns a trail into an organization's or back (API Reference, UpdateTrail). */
async function organizationAfter(parts: ChangeParts, before: Trail, settings: TrailSettings, by: By) {
  const wasShared = before.organizationId !== undefined;
  if (wasShared !== settings.isOrganizationTrail && before.ownerId !== by.accountId) throw notManagement(by.accountId);
  if (!settings.isOrganizationTrail) return undefined;
  const organization = await organizationForTrail(parts, by);
  if (organization.managementAccountId !== before.ownerId) throw notManagement(by.accountId);
  return organization;
}

function write(parts: ChangeParts, kind: "created" | "updated", trail: Trail, tags: Tags | undefined, by: By): void {
  parts.trails.put(kind, trail, by.at, () => {
    if (tags !== undefined) tagsOf(parts.state).put(trail.arn, tags);
    if (trail.organizationId !== undefined) serviceLinkedRoles(parts.state).put(trail.ownerId, true);
  });
}

function keptSettings(settings: TrailSettings & { readonly bucket: string }, organization: Organization | undefined) {
  const { keyPrefix, topicName, topicArn, keyId, logGroupArn, logRoleArn } = settings;
  return {
    bucket: settings.bucket,
    includesGlobalServiceEvents: settings.includesGlobalServiceEvents,
    isMultiRegion: settings.isMultiRegion,
    validatesLogFiles: settings.validatesLogFiles,
    recordsOwnDeliveries: settings.recordsOwnDeliveries,
    ...(keyPrefix === undefined ? {} : { keyPrefix }),
    ...(topicName === undefined ? {} : { topicName }),
    ...(topicArn === undefined ? {} : { topicArn }),
    ...(keyId === undefined ? {} : { kmsKeyArn: keyId }),
    ...(logGroupArn === undefined ? {} : { logGroupArn }),
    ...(logRoleArn === undefined ? {} : { logRoleArn }),
    ...(organization === undefined ? {} : { organizationId: organization.id }),
  };
}

function withBucket(settings: TrailSettings): TrailSettings & { readonly bucket: string } {
  const { bucket } = settings;
  if (bucket === undefined) throw refusal("InvalidS3BucketNameException", "S3BucketName is missing");
  return { ...settings, bucket };
}
