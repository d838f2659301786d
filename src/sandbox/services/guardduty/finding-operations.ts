import { type Service } from "../../service.ts";
import { meets, numberOf, readCriteria, valuesAt } from "./criteria.ts";
import { findingTypes } from "./finding-types.ts";
import { type GuardDutyParts } from "./guardduty-parts.ts";
import { badRequest, type Detector, detectorOf, onDetector, type StoredFinding } from "./guardduty-store.ts";
import { pageOf } from "../pages.ts";
import { sampleFinding } from "./sample-finding.ts";
import { findingStatistics } from "./statistics.ts";
import { tellFinding } from "./told-finding.ts";

const idsMax = 50;

/** Findings are asked for, put away and commented on. */
export function findingOperations({ store, findings }: GuardDutyParts) {
  function idsOf(ids: readonly string[] | undefined): readonly string[] {
    if (ids === undefined || ids.length === 0 || ids.length > idsMax)
      throw badRequest(`The request is rejected because findingIds has 1 to ${idsMax} entries.`);
    return ids;
  }
  function archive(detector: Detector, ids: readonly string[] | undefined, archived: boolean): object {
    for (const id of idsOf(ids)) findings.change(detector, id, { archived });
    return {};
  }
  function met(detector: Detector, criteria: Parameters<typeof readCriteria>[0]): readonly StoredFinding[] {
    const read = readCriteria(criteria);
    return findings.of(detector).filter(({ finding }) => meets(finding, read));
  }

  return {
    CreateSampleFindings: {
      needs: (input, call) => onDetector("CreateSampleFindings", input.DetectorId, call),
      answer: async (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const asked = input.FindingTypes ?? [];
        const types = (asked.length === 0 ? [...findingTypes.keys()] : asked).map((name) => {
          const type = findingTypes.get(name);
          if (type === undefined)
            throw badRequest(
              `The request is rejected because the finding type ${name.slice(0, 100)} is not one that this endpoint has a sample of.`,
            );
          return type;
        });
        if (!detector.isEnabled) throw badRequest("The request is rejected because the detector is disabled.");
        for (const type of types)
          await findings.add(
            detector.accountId,
            detector.region,
            sampleFinding(type, detector.accountId, detector.region, call.at),
          );
        return {};
      },
    },
    ListFindings: {
      needs: (input, call) => onDetector("ListFindings", input.DetectorId, call),
      answer: (input, call) => {
        const found = met(detectorOf(store, input.DetectorId, call), input.FindingCriteria);
        const path = (input.SortCriteria?.AttributeName ?? "updatedAt").split(".");
        const isDescending = input.SortCriteria?.OrderBy === "DESC";
        const placed = found.map(({ finding }) => ({
          id: String(finding["id"]),
          place: placeOf(valuesAt(finding, path)[0] ?? null, isDescending),
        }));
        const sorted = placed
          .map(({ id, place }) => ({ id, key: `${place} ${id}` }))
          .sort((a, b) => (a.key < b.key ? -1 : 1));
        const size = input.MaxResults ?? idsMax;
        if (!(size >= 1 && size <= idsMax))
          throw badRequest("The request is rejected because maxResults is out of bounds.");
        const page = pageOf(sorted, ({ key }) => key, size, input.NextToken === "" ? undefined : input.NextToken);
        if (page === undefined) throw badRequest("The request is rejected because the nextToken is invalid.");
        return { FindingIds: page.items.map(({ id }) => id), NextToken: page.next ?? "" };
      },
    },
    GetFindings: {
      needs: (input, call) => onDetector("GetFindings", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const found = idsOf(input.FindingIds).flatMap((id) => findings.find(detector, id) ?? []);
        const by = input.SortCriteria?.AttributeName;
        const sorted =
          by === undefined
            ? found
            : found.toSorted((a, b) =>
                placeIn(a, by, input.SortCriteria?.OrderBy) < placeIn(b, by, input.SortCriteria?.OrderBy) ? -1 : 1,
              );
        return { Findings: sorted.map(({ finding }) => tellFinding(finding)) };
      },
    },
    ArchiveFindings: {
      needs: (input, call) => onDetector("ArchiveFindings", input.DetectorId, call),
      answer: (input, call) => archive(detectorOf(store, input.DetectorId, call), input.FindingIds, true),
    },
    UnarchiveFindings: {
      needs: (input, call) => onDetector("UnarchiveFindings", input.DetectorId, call),
      answer: (input, call) => archive(detectorOf(store, input.DetectorId, call), input.FindingIds, false),
    },
    UpdateFindingsFeedback: {
      needs: (input, call) => onDetector("UpdateFindingsFeedback", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const { Feedback: feedback } = input;
        if (feedback !== "USEFUL" && feedback !== "NOT_USEFUL")
          throw badRequest("The request is rejected because the feedback is neither USEFUL nor NOT_USEFUL.");
        if ((input.Comments?.length ?? 0) > 4_096)
          throw badRequest("The request is rejected because the comments are too long.");
        for (const id of idsOf(input.FindingIds)) findings.change(detector, id, { userFeedback: feedback });
        return {};
      },
    },
    GetFindingsStatistics: {
      needs: (input, call) => onDetector("GetFindingsStatistics", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const { GroupBy: groupBy, FindingStatisticTypes: types, OrderBy: order, MaxResults: max } = input;
        if ((groupBy === undefined) === (types === undefined))
          throw badRequest("The request is rejected because one of findingStatisticTypes and groupBy has to be given.");
        const found = met(detector, input.FindingCriteria).map(({ finding }) => finding);
        return { FindingStatistics: findingStatistics(found, groupBy, order === "ASC", max ?? 25) };
      },
    },
  } satisfies Service<"guardduty">["operations"];
}

function placeIn({ finding }: StoredFinding, name: string, order: string | undefined): string {
  return placeOf(valuesAt(finding, name.split("."))[0] ?? null, order === "DESC");
}

/** A text that stands where a value stands among others. */
function placeOf(value: Parameters<typeof numberOf>[0], isDescending: boolean): string {
  const number = numberOf(value);
  if (Number.isNaN(number)) {
    const text = String(value ?? "");
    return isDescending
      ? [...Buffer.from(text, "utf8")].map((byte) => (255 - byte).toString(16).padStart(2, "0")).join("") + "~"
      : text;
  }
  const shifted = Math.round((isDescending ? -number : number) * 10) + 1e14;
  return String(shifted).padStart(16, "0");
}
