/** AWS's regions that are on without asking (AWS General Reference, "Regions and Zones"); the short names begin zone ids. */
const regions: readonly (readonly [name: string, short: string, zones: string])[] = [
  ["ap-northeast-1", "apne1", "acd"],
  ["ap-northeast-2", "apne2", "abcd"],
  ["ap-northeast-3", "apne3", "abc"],
  ["ap-south-1", "aps1", "abc"],
  ["ap-southeast-1", "apse1", "abc"],
  ["ap-southeast-2", "apse2", "abc"],
  ["ca-central-1", "cac1", "abd"],
  ["eu-central-1", "euc1", "abc"],
  ["eu-north-1", "eun1", "abc"],
  ["eu-west-1", "euw1", "abc"],
  ["eu-west-2", "euw2", "abc"],
  ["eu-west-3", "euw3", "abc"],
  ["sa-east-1", "sae1", "abc"],
  ["us-east-1", "use1", "abcdef"],
  ["us-east-2", "use2", "abc"],
  ["us-west-1", "usw1", "ac"],
  ["us-west-2", "usw2", "abcd"],
];

export interface Zone {
  readonly name: string;
  readonly id: string;
}

export const regionNames: readonly string[] = regions.map(([name]) => name);

/** The availability zones of a region; of a region that is not known, three of the usual kind. */
export function zonesOf(region: string): readonly Zone[] {
  const [, short, letters] = regions.find(([name]) => name === region) ?? [region, region.replaceAll("-", ""), "abc"];
  return [...letters].map((letter, index) => ({ name: `${region}${letter}`, id: `${short}-az${index + 1}` }));
}

/** The name that private addresses of a region end in. */
export function internalDomain(region: string): string {
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}

/** The name that public addresses of a region end in. */
export function publicDomain(region: string): string {
  return region === "us-east-1" ? "compute-1.amazonaws.com" : `${region}.compute.amazonaws.com`;
}
