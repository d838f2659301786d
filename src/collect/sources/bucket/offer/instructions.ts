import type { OfferPlan } from "./plan-offer.ts";

/** What the person does who has the trail's account: any one of the three. */
export interface OfferInstructions {
  /** Steps in AWS's console. */
  readonly console: readonly string[];
  /** Commands of the AWS CLI. */
  readonly cli: string;
  readonly terraform: string;
}

const trailName = "trailwarden";

/** How a trail is made that delivers into the offered bucket. All that is put in has been checked letter by letter. */
export function offerInstructions({ bucket, region, request }: OfferPlan): OfferInstructions {
  const { prefix, organizationId, managementAccountId } = request;
  const isOrganization = organizationId !== undefined;
  const account = isOrganization ? `the management account ${managementAccountId}` : "the account";
  return {
    console: [
      `Sign in to ${account}, open CloudTrail in ${region}, and choose Trails, then Create trail`,
      `Trail name: ${trailName}`,
      ...(isOrganization ? ["Tick: Enable for all accounts in my organization"] : []),
      "Storage location: Use existing S3 bucket",
      `Trail log bucket name: ${bucket}`,
      prefix === "" ? "Prefix: leave it empty" : `Prefix: ${prefix}`,
      "Log file SSE-KMS encryption: untick Enabled, or give a key that Trailwarden may decrypt with",
      "Log file validation: tick Enabled",
      "Choose Next, keep Management events, Read and Write, then Create trail",
    ],
    cli: [
      `aws cloudtrail create-trail --region ${region} --name ${trailName} \\`,
      `  --s3-bucket-name ${bucket} \\`,
      ...(prefix === "" ? [] : [`  --s3-key-prefix ${prefix} \\`]),
      ...(isOrganization ? ["  --is-organization-trail \\"] : []),
      "  --is-multi-region-trail --enable-log-file-validation",
      `aws cloudtrail start-logging --region ${region} --name ${trailName}`,
    ].join("\n"),
    terraform: [
      `resource "aws_cloudtrail" "${trailName}" {`,
      `  name                          = "${trailName}"`,
      `  s3_bucket_name                = "${bucket}"`,
      ...(prefix === "" ? [] : [`  s3_key_prefix                 = "${prefix}"`]),
      ...(isOrganization ? ["  is_organization_trail         = true"] : []),
      "  is_multi_region_trail         = true",
      "  include_global_service_events = true",
      "  enable_log_file_validation    = true",
      "}",
    ].join("\n"),
  };
}

/** Settings of the bucket source that reads what comes; it turns Online by itself with the first file. */
export function offerSourceSettings({ bucket, region, request }: OfferPlan): {
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
} {
  return { bucket, prefix: request.prefix, region };
}
