/** CloudTrail as policies and Organizations name it. */
export const cloudTrail = "cloudtrail.amazonaws.com";
