import { readFilters } from "./filters.ts";
import { type Ec2, type Ec2Operations, ec2Operation } from "./operation.ts";
import { regionNames, type Zone, zonesOf } from "./places.ts";
import { invalidValue } from "./refusals.ts";

/** Regions and zones; which there are does not change here. */
export function regionOperations(ec2: Ec2): Ec2Operations {
  return {
    DescribeRegions: ec2Operation(ec2, "DescribeRegions", {
      honours: ["RegionNames", "AllRegions", "Filters"],
      answer(input) {
        for (const name of input.RegionNames ?? []) {
          if (!regionNames.includes(name)) throw invalidValue(`Invalid region provided: '${name.slice(0, 60)}'`);
        }
        const passes = readFilters<string>(input.Filters, {
          endpoint: (name) => [`ec2.${name}.amazonaws.com`],
          "opt-in-status": () => ["opt-in-not-required"],
          "region-name": (name) => [name],
        });
        const found = regionNames.filter((name) => (input.RegionNames?.includes(name) ?? true) && passes(name));
        return {
          Regions: found.map((name) => ({
            RegionName: name,
            Endpoint: `ec2.${name}.amazonaws.com`,
            OptInStatus: "opt-in-not-required",
          })),
        };
      },
    }),
    DescribeAvailabilityZones: ec2Operation(ec2, "DescribeAvailabilityZones", {
      honours: ["ZoneNames", "ZoneIds", "AllAvailabilityZones", "Filters"],
      answer(input, call) {
        const zones = zonesOf(call.region);
        for (const name of input.ZoneNames ?? []) {
          if (!zones.some((zone) => zone.name === name))
            throw invalidValue(`Invalid availability zone: [${name.slice(0, 60)}]`);
        }
        const passes = readFilters<Zone>(input.Filters, {
          "group-name": () => [call.region],
          "opt-in-status": () => ["opt-in-not-required"],
          "region-name": () => [call.region],
          state: () => ["available"],
          "zone-id": ({ id }) => [id],
          "zone-name": ({ name }) => [name],
          "zone-type": () => ["availability-zone"],
        });
        const found = zones.filter(
          (zone) =>
            (input.ZoneNames?.includes(zone.name) ?? true) &&
            (input.ZoneIds?.includes(zone.id) ?? true) &&
            passes(zone),
        );
        return {
          AvailabilityZones: found.map(({ name, id }) => ({
            ZoneName: name,
            ZoneId: id,
            RegionName: call.region,
            State: "available" as const,
            ZoneType: "availability-zone",
            GroupName: `${call.region}-zg-1`,
            NetworkBorderGroup: call.region,
            OptInStatus: "opt-in-not-required" as const,
            Messages: [],
          })),
        };
      },
    }),
  };
}
