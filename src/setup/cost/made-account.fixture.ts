import type { AccountView, TrailView } from "../account/account.ts";
import { plainTrail } from "../settings/plain-trail.fixture.ts";
import type { TrailValue } from "../settings/values.ts";
import { defaultPrices, type Prices } from "./prices.ts";
import { monthDays, type VolumeCell, type Volumes } from "./volumes.ts";

export const shop = "111122223333";
export const staging = "444455556666";
export const home = "us-east-1";

/** Only what CloudTrail itself charges for: S3 and the others cost nothing, so that sums are easy to follow. */
export const trailPrices: Prices = defaultPrices.map((price) =>
  /^(?:s3|sns|sqs)-/.test(price.name) ? { ...price, amount: "0" } : price,
);

/** A trail of all regions that logs all management events; `fields` and `value` replace what they name. */
export function makeTrail(
  name: string,
  { value, ...fields }: Partial<Omit<TrailView, "value">> & { readonly value?: Partial<TrailValue> } = {},
): TrailView {
  const homeRegion = fields.homeRegion ?? home;
  const ownerAccountId = fields.ownerAccountId ?? shop;
  return {
    arn: `arn:aws:cloudtrail:${homeRegion}:${ownerAccountId}:trail/${name}`,
    name,
    homeRegion,
    ownerAccountId,
    isLogging: true,
    selectors: { advanced: [managementOnly] },
    insights: [],
    deliveryError: "",
    ...fields,
    value: plainTrail(`${name}-logs`, { isMultiRegion: true, ...value }),
  };
}

export const managementOnly = {
  Name: "Management events selector",
  FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
};

export const allS3Data = {
  Name: "All objects",
  FieldSelectors: [
    { Field: "eventCategory", Equals: ["Data"] },
    { Field: "resources.type", Equals: ["AWS::S3::Object"] },
  ],
};

export function makeAccount(trails: readonly TrailView[], fields: Partial<AccountView> = {}): AccountView {
  return {
    readAt: 0,
    accountId: shop,
    partition: "aws",
    organization: undefined,
    regions: [home, "eu-central-1"],
    trails,
    unread: [],
    ...fields,
  };
}

/** Some events of a month; management reads of EC2 where nothing else is said. */
export function makeCell(events: number, fields: Partial<VolumeCell> = {}): VolumeCell {
  return {
    accountId: shop,
    region: home,
    category: "Management",
    service: "ec2.amazonaws.com",
    readOnly: true,
    resourceTypes: [],
    events,
    bytes: events * 1_000,
    ...fields,
  };
}

/** Data events of objects in S3. */
export function makeDataCell(events: number, fields: Partial<VolumeCell> = {}): VolumeCell {
  const ofS3 = { category: "Data", service: "s3.amazonaws.com", resourceTypes: ["AWS::S3::Bucket", "AWS::S3::Object"] };
  return makeCell(events, { ...ofS3, ...fields });
}

export function makeVolumes(cells: readonly VolumeCell[], fields: Partial<Volumes> = {}): Volumes {
  const accounts = [...new Set([shop, ...cells.map(({ accountId }) => accountId)])];
  return {
    accounts,
    cells,
    delivered: [],
    basis: {
      kind: "measured",
      from: 0,
      to: monthDays * 86_400_000,
      days: accounts.map((accountId) => ({ accountId, days: monthDays })),
      unknown: [],
    },
    ...fields,
  };
}
