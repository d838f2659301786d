import { z } from "zod";
import { SetupError } from "../errors.ts";
import { isDecimal, rescaled } from "./money.ts";
import { type Price, priceOf, defaultPrices, type Prices, replaced, usageTypes } from "./prices.ts";

/**
 * The bulk format of AWS's price lists, `offers/v1.0/aws/AWSCloudTrail/current/index.json` and the same file of one
 * region (AWS Billing User Guide, "Reading the service price list files"): what of it is needed.
 */
const listShape = z.object({
  offerCode: z.literal("AWSCloudTrail", { error: "The list of AWSCloudTrail is wanted" }),
  version: z.string().max(100).default(""),
  publicationDate: z.iso.datetime({ offset: true, error: "An instant such as 2026-11-01T00:00:00Z" }),
  products: z.record(z.string(), z.unknown()),
  terms: z.object({ OnDemand: z.record(z.string(), z.unknown()) }),
});

const productShape = z.object({ attributes: z.object({ usagetype: z.string(), regionCode: z.string().optional() }) });
const offersShape = z.record(
  z.string(),
  z.object({
    priceDimensions: z.record(
      z.string(),
      z.object({ beginRange: z.string().default("0"), pricePerUnit: z.record(z.string(), z.string()) }),
    ),
  }),
);

/** What a price list told. */
export interface PriceListReading {
  readonly prices: Prices;
  /** Products that are nothing a trail is charged for, such as CloudTrail Lake. */
  readonly others: number;
  /** Products of trails that could not be read, by their number in the list, and why; the first hundred. */
  readonly unread: readonly { readonly sku: string; readonly sentence: string }[];
}

const unreadMax = 100;

/** Reads a price list that a person has got from AWS. Throws `prices-invalid` when it is none of CloudTrail's. */
export function readPriceList(json: unknown): PriceListReading {
  const read = listShape.safeParse(json);
  if (!read.success) throw noList(read.error.issues);
  const { products, terms, version, publicationDate } = read.data;
  const origin = {
    source: `AWS price list of AWSCloudTrail${version === "" ? "" : `, version ${version}`}`,
    date: publicationDate.slice(0, 10),
  };
  const prices: Price[] = [];
  const unread: { sku: string; sentence: string }[] = [];
  let others = 0;
  for (const [sku, product] of Object.entries(products)) {
    const offers = Object.hasOwn(terms.OnDemand, sku) ? terms.OnDemand[sku] : undefined;
    const price = readProduct(product, offers, origin);
    if (price === undefined) others += 1;
    else if (typeof price !== "string") prices.push(price);
    else if (unread.length < unreadMax) unread.push({ sku: sku.slice(0, 80), sentence: price });
  }
  return { prices: replaced([], prices), others, unread };
}

/** A price; nothing for what trails are not charged for; why it cannot be read. */
function readProduct(
  product: unknown,
  offers: unknown,
  origin: Pick<Price, "source" | "date">,
): Price | string | undefined {
  const { data: { attributes } = {} } = productShape.safeParse(product);
  if (attributes === undefined) return undefined;
  const name = usageTypes.get(attributes.usagetype.slice(attributes.usagetype.indexOf("-") + 1));
  if (name === undefined) return undefined;
  const region = attributes.regionCode ?? "";
  if (!/^[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}$/.test(region)) return "It says no region";
  const amount = amountOf(offers);
  if (amount === undefined) return "It has no price in US dollars";
  const { per, unit } = priceOf(defaultPrices, name, region);
  const usual = rescaled(amount, 1, per);
  return {
    name,
    region,
    unit,
    ...origin,
    isRead: true,
    ...(usual === undefined ? { amount, per: 1 } : { amount: usual, per }),
  };
}

/** What the first of all costs, where a large number would cost less: more is never charged than that says. */
function amountOf(offers: unknown): string | undefined {
  const read = offersShape.safeParse(offers);
  if (!read.success) return undefined;
  const dimensions = Object.values(read.data).flatMap((offer) => Object.values(offer.priceDimensions));
  const amount = dimensions.find(({ beginRange }) => beginRange === "0")?.pricePerUnit["USD"];
  return amount !== undefined && isDecimal(amount) ? amount : undefined;
}

function noList(issues: readonly z.core.$ZodIssue[]): SetupError {
  const said = issues.slice(0, 20).map(({ path, message }) => `${path.join(".") || "file"}: ${message}`);
  return new SetupError(`This is no price list of CloudTrail's: ${said.join("; ")}`, {
    code: "prices-invalid",
    fault: "user",
    help: "Get offers/v1.0/aws/AWSCloudTrail/current/index.json from AWS's price list and give that file",
    details: { issues: said },
  });
}
