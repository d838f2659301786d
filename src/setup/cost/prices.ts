import { z } from "zod";
import { SetupError } from "../errors.ts";
import { isDecimal } from "./money.ts";

/** What is charged for, by the name that bills and overrides have for it. */
export type PriceName =
  | "management-first-copy"
  | "management-copy"
  | "data-events"
  | "network-events"
  | "management-insights"
  | "data-insights"
  | "logs-ingestion"
  | "s3-storage"
  | "s3-writes"
  | "s3-reads"
  | "sns-publishes"
  | "sqs-requests"
  | "kms-requests"
  | "kms-key";

/** What one thing costs somewhere, who says so, and when they said it. */
export interface Price {
  readonly name: PriceName;
  /** `*`: where no other is known of a region. */
  readonly region: string;
  /** US dollars for each `per`, as a decimal number. */
  readonly amount: string;
  readonly per: number;
  /** What is counted; a GB is 2^30 bytes. */
  readonly unit: PriceUnit;
  /** A page, a price list, or who gave it. */
  readonly source: string;
  /** The day on which the source said so: `2026-11-20`. */
  readonly date: string;
  /** Whether it was read where the source says, or is only known from elsewhere. */
  readonly isRead: boolean;
}

export type PriceUnit = "events" | "requests" | "bytes" | "byte-months" | "keys";

export type Prices = readonly Price[];

const gigabyte = 2 ** 30;
const cloudTrailPage = "aws.amazon.com/cloudtrail/pricing";
const usEast = "*";
const date = "2026-11-20";

/** As of us-east, the cheapest: other regions differ, and a price list or an override says by how much. */
export const defaultPrices: Prices = [
  first("management-first-copy", "0", 100_000, "events", cloudTrailPage, true),
  first("management-copy", "2.00", 100_000, "events", cloudTrailPage, true),
  first("data-events", "0.10", 100_000, "events", cloudTrailPage, true),
  first("network-events", "0.10", 100_000, "events", "AWS price list of AWSCloudTrail, as quoted by others", true),
  first("management-insights", "0.35", 100_000, "events", "AWS price list of AWSCloudTrail, as quoted by others", true),
  first("data-insights", "0.03", 100_000, "events", "AWS price list of AWSCloudTrail, as quoted by others", true),
  first("logs-ingestion", "0.50", gigabyte, "bytes", "aws.amazon.com/cloudwatch/pricing", false),
  first("s3-storage", "0.023", gigabyte, "byte-months", "aws.amazon.com/s3/pricing", false),
  first("s3-writes", "0.005", 1_000, "requests", "aws.amazon.com/s3/pricing", false),
  first("s3-reads", "0.0004", 1_000, "requests", "aws.amazon.com/s3/pricing", false),
  first("sns-publishes", "0.50", 1_000_000, "requests", "aws.amazon.com/sns/pricing", false),
  first("sqs-requests", "0.40", 1_000_000, "requests", "aws.amazon.com/sqs/pricing", false),
  first("kms-requests", "0.03", 10_000, "requests", "aws.amazon.com/kms/pricing", false),
  first("kms-key", "1.00", 1, "keys", "aws.amazon.com/kms/pricing", false),
];

function first(name: PriceName, amount: string, per: number, unit: PriceUnit, source: string, isRead: boolean): Price {
  return { name, region: usEast, amount, per, unit, source, date, isRead };
}

const names = defaultPrices.map(({ name }) => name);

/** How AWS's bill and price list call it, behind the region's letters (User Guide, "Viewing your CloudTrail cost"). */
export const usageTypes: ReadonlyMap<string, PriceName> = new Map([
  ["FreeEventsRecorded", "management-first-copy"],
  ["PaidEventsRecorded", "management-copy"],
  ["DataEventsRecorded", "data-events"],
  ["NetworkEventsRecorded", "network-events"],
  ["InsightsEvents", "management-insights"],
  ["DataInsightsEvents", "data-insights"],
]);

/** The price of a region; that of `*` where it has none of its own. */
export function priceOf(prices: Prices, name: PriceName, region: string): Price {
  const ofName = prices.filter((price) => price.name === name);
  const found = ofName.find((price) => price.region === region) ?? ofName.find((price) => price.region === usEast);
  if (found !== undefined) return found;
  return defaultPriceOf(name);
}

function defaultPriceOf(name: PriceName): Price {
  const found = defaultPrices.find((price) => price.name === name);
  if (found === undefined) throw new RangeError(`There is no price called ${name}`);
  return found;
}

const overrideShape = z.strictObject({
  prices: z
    .array(
      z.strictObject({
        name: z.enum(names, { error: `One of ${names.join(", ")}` }).describe("What is charged for"),
        region: z
          .string()
          .regex(/^(?:\*|[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2})$/, "A region such as eu-central-1, or * for all others")
          .default(usEast),
        amount: z
          .string({ error: 'US dollars as a text with decimals, such as "2.00"' })
          .refine(isDecimal, 'US dollars as a text with decimals, such as "2.00"'),
        per: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().describe("How many the amount is for"),
        source: z.string().min(1).max(500).describe("Who says so"),
        date: z.iso.date("A day such as 2026-11-20"),
      }),
    )
    .min(1)
    .max(10_000),
});

/** What `withPrices` takes: a file's or a request's JSON. */
export type PriceOverrides = z.input<typeof overrideShape>;

/** Puts a person's prices in the place of others of the same name and region. Throws `prices-invalid`. */
export function withPrices(prices: Prices, overrides: unknown): Prices {
  const read = overrideShape.safeParse(overrides);
  if (!read.success) throw pricesInvalid(read.error.issues);
  const given = read.data.prices.map(({ per, ...price }): Price => {
    const usual = defaultPriceOf(price.name);
    return { ...price, per: per ?? usual.per, unit: usual.unit, isRead: true };
  });
  return replaced(prices, given);
}

/** Later prices in the place of earlier ones of the same name and region. */
export function replaced(prices: Prices, others: Prices): Prices {
  const keyOf = ({ name, region }: Price) => `${name} ${region}`;
  return [...new Map([...prices, ...others].map((price) => [keyOf(price), price])).values()];
}

function pricesInvalid(issues: readonly z.core.$ZodIssue[]): SetupError {
  const said = issues.slice(0, 20).map(({ path, message }) => `${path.join(".") || "prices"}: ${message}`);
  return new SetupError(`The prices cannot be read: ${said.join("; ")}`, {
    code: "prices-invalid",
    fault: "user",
    help: "Mend what is named; see the page on what CloudTrail costs",
    details: { issues: said },
  });
}
