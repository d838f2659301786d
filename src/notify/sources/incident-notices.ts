import type { IncidentNews } from "../../incidents/index.ts";
import type { NoticeSource } from "../notice.ts";
import { sayIncident } from "../say/incident.ts";

/** What happens to incidents, in the order in which it happened. */
export function incidentNotices(news: IncidentNews): NoticeSource {
  return {
    name: news.name,
    async since(position, limit) {
      const { notices, position: next } = await news.since(position, limit);
      return { notices: notices.map(sayIncident), position: next };
    },
  };
}
